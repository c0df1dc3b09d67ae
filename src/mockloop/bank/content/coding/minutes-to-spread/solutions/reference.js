const TAKEN = 1;
const DIRECTIONS = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
];

/**
 * After how many minutes everybody knows the rumour, or -1 if somebody never hears it.
 *
 * @param {number[][]} office
 * @param {number[][]} starters
 * @returns {number}
 */
function minutes_to_spread(office, starters) {
  const unaware = office.map((desks) => desks.map((desk) => desk === TAKEN));
  let waiting = unaware.flat().filter(Boolean).length;
  let justHeard = [];

  function tell(row, column) {
    if (unaware[row]?.[column]) {
      unaware[row][column] = false;
      waiting -= 1;
      justHeard.push([row, column]);
    }
  }

  starters.forEach(([row, column]) => tell(row, column));
  let minutes = 0;
  while (waiting > 0 && justHeard.length > 0) {
    const tellers = justHeard;
    justHeard = [];
    for (const [row, column] of tellers) {
      for (const [down, right] of DIRECTIONS) {
        tell(row + down, column + right);
      }
    }
    minutes += 1;
  }
  return waiting > 0 ? -1 : minutes;
}

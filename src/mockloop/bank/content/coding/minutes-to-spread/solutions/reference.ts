type Desk = [row: number, column: number];

const TAKEN = 1;
const DIRECTIONS = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;

/** After how many minutes everybody knows the rumour, or -1 if somebody never hears it. */
function minutes_to_spread(office: number[][], starters: number[][]): number {
  const unaware = office.map((desks) => desks.map((desk) => desk === TAKEN));
  let waiting = unaware.flat().filter(Boolean).length;
  let justHeard: Desk[] = [];

  function tell(row: number, column: number): void {
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

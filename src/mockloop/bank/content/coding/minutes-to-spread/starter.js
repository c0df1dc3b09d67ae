/**
 * After how many minutes everybody knows the rumour, or -1 if somebody never hears it.
 *
 * @param {number[][]} office
 * @param {number[][]} starters
 * @returns {number}
 */
function minutes_to_spread(office, starters) {
  return 0;
}

/** After how many minutes everybody knows the rumour, or -1 if somebody never hears it. */
function minutes_to_spread(office: number[][], starters: number[][]): number {
  return 0;
}

function minutes_to_spread(office: number[][], starters: number[][]): number {
  const told = office.map((desks) => desks.map(() => false));
  let waiting = office.flat().filter((desk) => desk === 1).length - starters.length;
  for (const [row, column] of starters) {
    told[row][column] = true;
  }
  let frontier = starters;
  let minutes = 0;
  while (waiting > 0 && frontier.length > 0) {
    const next: number[][] = [];
    for (const [row, column] of frontier) {
      for (const [r, c] of [[row - 1, column], [row + 1, column], [row, column - 1], [row, column + 1]]) {
        if (office[r]?.[c] === 1 && !told[r][c]) {
          told[r][c] = true;
          waiting -= 1;
          next.push([r, c]);
        }
      }
    }
    frontier = next;
    minutes += 1;
  }
  return waiting > 0 ? -1 : minutes;
}

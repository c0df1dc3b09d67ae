function minutes_to_spread(office: number[][], starters: number[][]): number {
  const told = new Set(starters.map(([row, column]) => `${row},${column}`));
  let frontier = starters;
  let minutes = 0;
  while (true) {
    const next: number[][] = [];
    for (const [row, column] of frontier) {
      for (const [r, c] of [[row - 1, column], [row + 1, column], [row, column - 1], [row, column + 1]]) {
        if (office[r]?.[c] === 1 && !told.has(`${r},${c}`)) {
          told.add(`${r},${c}`);
          next.push([r, c]);
        }
      }
    }
    if (next.length === 0) {
      return minutes;
    }
    frontier = next;
    minutes += 1;
  }
}

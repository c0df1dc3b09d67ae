function minutes_to_spread(office, starters) {
  const minute = office.map((desks) => desks.map(() => -1));
  const stack = starters.map(([row, column]) => [row, column, 0]);
  while (stack.length > 0) {
    const [row, column, time] = stack.pop();
    if (!office[row]?.[column] || minute[row][column] !== -1) {
      continue;
    }
    minute[row][column] = time;
    stack.push([row - 1, column, time + 1], [row + 1, column, time + 1]);
    stack.push([row, column - 1, time + 1], [row, column + 1, time + 1]);
  }
  let slowest = 0;
  for (let row = 0; row < office.length; row++) {
    for (let column = 0; column < office[row].length; column++) {
      if (office[row][column] === 1) {
        if (minute[row][column] === -1) {
          return -1;
        }
        slowest = Math.max(slowest, minute[row][column]);
      }
    }
  }
  return slowest;
}

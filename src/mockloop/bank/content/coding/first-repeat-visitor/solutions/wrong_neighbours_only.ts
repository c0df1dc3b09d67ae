function first_repeat_visitor(tickets: number[]): number[] {
  const inOrder = tickets.map((ticket, position) => [ticket, position]);
  for (let i = 1; i < inOrder.length; i += 1) {
    if (inOrder[i][0] === inOrder[i - 1][0]) {
      return inOrder[i];
    }
  }
  return [];
}

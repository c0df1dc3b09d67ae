function first_repeat_visitor(tickets) {
  const firstPassage = new Map();
  for (let position = 0; position < tickets.length; position += 1) {
    const ticket = tickets[position];
    if (firstPassage.get(ticket)) {
      return [ticket, position];
    }
    firstPassage.set(ticket, position);
  }
  return [];
}

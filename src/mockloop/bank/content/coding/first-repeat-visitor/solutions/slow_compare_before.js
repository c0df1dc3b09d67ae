function first_repeat_visitor(tickets) {
  for (let position = 1; position < tickets.length; position += 1) {
    for (let earlier = 0; earlier < position; earlier += 1) {
      if (tickets[earlier] === tickets[position]) {
        return [tickets[position], position];
      }
    }
  }
  return [];
}

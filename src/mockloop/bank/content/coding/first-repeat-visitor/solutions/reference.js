/** Remember who has passed; the first ticket that is remembered already is the answer. */
function first_repeat_visitor(tickets) {
  const seen = new Set();
  for (const [position, ticket] of tickets.entries()) {
    if (seen.has(ticket)) {
      return [ticket, position];
    }
    seen.add(ticket);
  }
  return [];
}

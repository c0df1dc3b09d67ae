/** [ticket, position] of the earliest second passage, or [] if nobody came back. */
function first_repeat_visitor(tickets: number[]): number[] {
  // Your code here
  return [];
}

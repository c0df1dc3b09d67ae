/**
 * [ticket, position] of the earliest second passage, or [] if nobody came back.
 *
 * @param {number[]} tickets in the order in which they passed the door
 * @return {number[]}
 */
function first_repeat_visitor(tickets) {
  // Your code here
  return [];
}

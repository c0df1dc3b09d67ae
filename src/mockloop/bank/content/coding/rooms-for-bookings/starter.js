/**
 * Return the smallest number of rooms that holds all bookings.
 *
 * @param {number[][]} bookings pairs [start, end]; the end is not part of the booking
 * @return {number}
 */
function rooms_needed(bookings) {
  // Your code here
  return 0;
}

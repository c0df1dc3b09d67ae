/** Return the smallest number of rooms that holds all bookings. */
function rooms_needed(bookings: [number, number][]): number {
  // Your code here
  return 0;
}

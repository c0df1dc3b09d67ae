/**
 * Return the smallest number of rooms that holds all bookings.
 *
 * @param {number[][]} bookings
 * @return {number}
 */
function rooms_needed(bookings) {
  const starts = bookings.map(([start]) => start).sort((a, b) => a - b);
  const ends = bookings.map(([, end]) => end).sort((a, b) => a - b);

  let rooms = 0;
  let departures = 0;
  for (const start of starts) {
    if (ends[departures] <= start) {
      departures += 1; // the newcomers take over the room that became free
    } else {
      rooms += 1;
    }
  }
  return rooms;
}

/** Return the smallest number of rooms that holds all bookings. */
function rooms_needed(bookings: [number, number][]): number {
  const ascending = (a: number, b: number): number => a - b;
  const starts = bookings.map(([start]) => start).sort(ascending);
  const ends = bookings.map(([, end]) => end).sort(ascending);

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

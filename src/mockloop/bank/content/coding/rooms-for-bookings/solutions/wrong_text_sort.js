function rooms_needed(bookings) {
  const starts = bookings.map((b) => b[0]).sort();
  const ends = bookings.map((b) => b[1]).sort();
  let rooms = 0;
  let departures = 0;
  for (const start of starts) {
    if (ends[departures] <= start) {
      departures += 1;
    } else {
      rooms += 1;
    }
  }
  return rooms;
}

function rooms_needed(bookings: [number, number][]): number {
  let most = 0;
  for (const [start, end] of bookings) {
    const partners = bookings.filter(([s, e]) => s < end && start < e);
    most = Math.max(most, partners.length);
  }
  return most;
}

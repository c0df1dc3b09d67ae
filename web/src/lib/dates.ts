/** Dates and durations in words. The browser's own language decides the order of day and month. */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function startOfDay(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}

/** The last moment of the day, by this device's clock. */
export function endOfDay(time: Date): Date {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate() + 1, 0, 0, 0, -1);
}

/** "Today", "Yesterday", or the date; with the year only when it is another one. */
export function dayLabel(iso: string, now: Date = new Date(), locale?: string): string {
  const day = new Date(iso);
  // Rounded, because a day with a clock change has 23 or 25 hours.
  const daysAgo = Math.round((startOfDay(now) - startOfDay(day)) / DAY_MS);
  if (daysAgo === 0) return "Today";
  if (daysAgo === 1) return "Yesterday";
  const year = day.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return day.toLocaleDateString(locale, { day: "numeric", month: "short", year });
}

export function timeLabel(time: string | Date, locale?: string): string {
  return new Date(time).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
}

/** "12 minutes", "under a minute". Rounded up: nobody should be told more time has passed than has. */
export function minutesLabel(milliseconds: number): string {
  if (milliseconds < MINUTE_MS) return "under a minute";
  const minutes = Math.ceil(milliseconds / MINUTE_MS);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

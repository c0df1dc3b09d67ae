/** Durations as a clock shows them. */

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** "04:09", from an hour on "1:04:09". Rounded up with `ceil`, as a countdown wants it: 0 only when all is over. */
export function clockLabel(milliseconds: number, round: (value: number) => number = Math.floor): string {
  const seconds = Math.max(0, round(milliseconds / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${twoDigits(Math.floor((seconds % 3600) / 60))}:${twoDigits(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

/** The moment `at` counted from `start`; nothing before there is a start. */
export function sinceLabel(at: string, start: string | null): string {
  return start ? clockLabel(Date.parse(at) - Date.parse(start)) : "";
}

/** "12 ms", "1.24 s". */
export function tookLabel(seconds: number): string {
  if (seconds < 0.001) return "under 1 ms";
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`;
}

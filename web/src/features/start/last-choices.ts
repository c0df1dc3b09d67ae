/** What was chosen last time, in this browser. A convenience: what is unreadable counts as nothing. */
import type { Choices } from "./choices";

const KEY = "mockloop.last-choices";

export function readLastChoices(): Partial<Choices> {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? "{}");
    return typeof stored === "object" && stored !== null ? stored : {};
  } catch {
    return {};
  }
}

export function keepLastChoices({ format, style, difficulty, language }: Choices): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify({ format, style, difficulty, language }));
  } catch {
    // Storage may be full or forbidden; next time starts with the defaults.
  }
}

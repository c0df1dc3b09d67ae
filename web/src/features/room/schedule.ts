/** The plan of the segments as the screen shows it. Pure; times in milliseconds. */
import type { SessionState } from "./fold";

export type Step = {
  id: string;
  title: string;
  minutes: number;
  standing: "past" | "present" | "coming";
  /** How much of the present step is over, 0 to 1. */
  share: number;
};

/** The segments in order with their present minutes; before the start as they were set up. */
export function stepsOf(state: SessionState, now: number): Step[] {
  const segments = state.setup?.segments ?? [];
  const at = segments.findIndex(({ id }) => id === state.segment_id);
  return segments.map(({ id, title, minutes }, index) => {
    const slot = state.schedule.find(({ segment_id }) => segment_id === id);
    const starts = slot ? Date.parse(slot.starts_at) : 0;
    const length = slot ? Date.parse(slot.ends_at) - starts : minutes * 60_000;
    const share = slot && length > 0 ? Math.min(1, Math.max(0, (now - starts) / length)) : 0;
    const standing = at < 0 || index > at ? "coming" : index < at ? "past" : "present";
    return { id, title, minutes: length / 60_000, standing, share: standing === "past" ? 1 : standing === "present" ? share : 0 };
  });
}

/** "4 min", "4½ min"; never 0 for something that takes time. */
export function partLabel(minutes: number): string {
  if (minutes > 0 && minutes < 0.5) return "< ½ min";
  const halves = Math.round(minutes * 2);
  const whole = Math.floor(halves / 2);
  if (halves % 2 === 0) return `${whole} min`;
  return `${whole || ""}½ min`;
}

/** Until the present segment ends; null without one. */
export function segmentRemainingMs(state: SessionState, now: number): number | null {
  const slot = state.schedule.find(({ segment_id }) => segment_id === state.segment_id);
  return slot ? Date.parse(slot.ends_at) - now : null;
}

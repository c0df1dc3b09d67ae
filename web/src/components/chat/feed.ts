/** The log as a conversation: what was said, and the few things beside it that one wants to see in its place. */
import type { components } from "@/lib/api/schema";

type Entry = components["schemas"]["Entry"];
type Segment = components["schemas"]["Segment"];

export type FeedItem =
  | { kind: "message"; seq: number; at: string; speaker: "interviewer" | "candidate"; text: string; hint: number | null }
  | { kind: "note"; seq: number; at: string; text: string };

/** Rungs of the ladder of hints that every question has. */
export const HINT_LEVELS = 4;

/** Messages and notes in the order of the log. */
export function feedOf(entries: readonly Entry[]): FeedItem[] {
  let segments: readonly Segment[] = [];
  const items: FeedItem[] = [];
  const title = (id: string | undefined) => segments.find((segment) => segment.id === id)?.title ?? "The next part";
  for (const { seq, at, event } of entries) {
    if (event.type === "SessionCreated") segments = event.segments;
    const message = (speaker: "interviewer" | "candidate", text: string, hint: number | null = null) =>
      items.push({ kind: "message", seq, at, speaker, text, hint });
    const note = (text: string) => items.push({ kind: "note", seq, at, text });
    switch (event.type) {
      case "SessionStarted":
        note(`${title(event.schedule[0]?.segment_id)} begins`);
        break;
      case "SegmentEntered":
        note(`${title(event.segment_id)} begins`);
        break;
      case "CandidateSaid":
        message("candidate", event.text);
        break;
      case "InterviewerSaid":
        message("interviewer", event.text, event.move === "hint" ? (event.hint_level ?? null) : null);
        break;
      case "HintAsked":
        note("You asked for a hint");
        break;
      case "RepeatAsked":
        note("You asked to hear it again");
        break;
      case "CodeRunAsked":
        note(event.kind === "tests" ? "You ran the tests" : "You ran the code");
        break;
      case "RunLost":
        note("A run was lost, through our fault");
        break;
      case "SessionCompleted":
        note("You ended the interview");
        break;
      case "SessionExpired":
        note("The time was up");
        break;
    }
  }
  return items;
}

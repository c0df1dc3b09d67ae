/** The log as a conversation: what was said, and the few things beside it that one wants to see in its place. */
import type { components } from "@/lib/api/schema";

type Entry = components["schemas"]["Entry"];
type Segment = components["schemas"]["Segment"];

export type FeedItem =
  | {
      kind: "message";
      seq: number;
      at: string;
      speaker: "interviewer" | "candidate";
      text: string;
      hint: number | null;
      /** Who spoke as the interviewer; empty for the candidate. */
      voice: string;
      /** Whether other words stand in the place of these. */
      replaced: boolean;
    }
  | { kind: "note"; seq: number; at: string; text: string };

/** Rungs of the ladder of hints that every question has. */
export const HINT_LEVELS = 4;

/** Who spoke, from an event's `source`, in a word: the name of a provider, or the built-in interviewer. */
export function voiceOf(source: string): string {
  return source.startsWith("model:") ? source.slice("model:".length) : "built-in";
}

/** Whether the built-in interviewer spoke because no model did. */
export function stoodIn(source: string): boolean {
  return source.startsWith("built-in:");
}

/** Messages and notes in the order of the log. */
export function feedOf(entries: readonly Entry[]): FeedItem[] {
  let segments: readonly Segment[] = [];
  const items: FeedItem[] = [];
  const replaced = new Set(entries.map(({ event }) => (event.type === "InterviewerSaid" ? event.instead_of : null)));
  const title = (id: string | undefined) => segments.find((segment) => segment.id === id)?.title ?? "The next part";
  for (const { seq, at, event } of entries) {
    if (event.type === "SessionCreated") segments = event.segments;
    const message = (speaker: "interviewer" | "candidate", text: string, hint: number | null = null, voice = "") =>
      items.push({ kind: "message", seq, at, speaker, text, hint, voice, replaced: replaced.has(seq) });
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
        message("interviewer", event.text, event.move === "hint" ? (event.hint_level ?? null) : null, voiceOf(event.source));
        break;
      case "HintAsked":
        note("You asked for a hint");
        break;
      case "RepeatAsked":
        note("You asked to hear it again");
        break;
      case "RetryAsked":
        note("You asked the model again");
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

/** Asking for the interviewer's last words again, when the built-in interviewer stood in for a model. */
import { type Entry, type Message, owesTurn, type SessionState } from "./fold";
import { stoodIn } from "@/components/chat/feed";

/** Marks rest on these; they stand as they were said. The same as `COUNTED` in `mockloop/sessions/events.py`. */
const COUNTED = ["hint", "follow_up"];

/** The message that a model may be asked for once more; null when there is none. */
export function retriable(state: SessionState): Message | null {
  const last = state.messages.at(-1);
  if (!last || state.status !== "in_progress" || owesTurn(state)) return null;
  return stoodIn(last.source) && !COUNTED.includes(last.move) ? last : null;
}

/** Whether it was asked for again already, in vain. */
export function wasRetried(entries: readonly Entry[], message: Message): boolean {
  return entries.some(({ event }) => event.type === "RetryAsked" && event.message_seq === message.seq);
}

const reasons: Record<string, string> = {
  rate_limited: "had too many requests",
  overloaded: "was overloaded",
  unauthorised: "did not accept the key",
  unreachable: "could not be reached",
  timed_out: "took too long",
  budget: "has no budget left",
  refused: "would not answer",
  guarded: "said what it may not say",
};

/** Why the built-in interviewer stood in, for the end of a sentence that begins with "The model". */
export function reasonOf(source: string): string {
  return reasons[source.slice("built-in:".length)] ?? "did not answer";
}

/** The log as moments on a line: where each lies, what it was, and what lies beside it. Pure. */
import type { components } from "@/lib/api/schema";
import { clockLabel } from "@/lib/clock-label";

type Schemas = components["schemas"];
type Entry = Schemas["Entry"];

export type Kind = "said" | "asked" | "code" | "run" | "hint" | "part" | "end";
export type Moment = { seq: number; atMs: number; kind: Kind; text: string };
export type Part = { id: string; title: string; fromMs: number; toMs: number };
export type Timeline = { startedAt: number; lengthMs: number; moments: Moment[]; parts: Part[] };

const AFTER_THE_END = ["SessionJudged"];

function described(event: Entry["event"], title: (id: string | undefined) => string): [Kind, string] | null {
  switch (event.type) {
    case "SessionStarted":
      return ["part", `${title(event.schedule[0]?.segment_id)} begins`];
    case "SegmentEntered":
      return ["part", `${title(event.segment_id)} begins`];
    case "CandidateSaid":
      return ["said", "You spoke"];
    case "InterviewerSaid":
      return event.move === "hint" ? ["hint", "The interviewer gave a hint"] : ["asked", "The interviewer spoke"];
    case "FileEdited":
      return ["code", event.file === "notes" ? "You wrote notes" : "You wrote code"];
    case "LanguageChosen":
      return ["code", "You chose another language"];
    case "CodeRan":
      return ["run", event.kind === "tests" ? "You ran the tests" : "You ran the code"];
    case "SessionCompleted":
      return ["end", "You ended the interview"];
    case "SessionExpired":
      return ["end", "The time was up"];
    default:
      return null;
  }
}

/** Null when the session never began: then there is nothing to go through. */
export function timelineOf(entries: readonly Entry[]): Timeline | null {
  const setup = entries.find(({ event }) => event.type === "SessionCreated")?.event;
  const segments = setup?.type === "SessionCreated" ? setup.segments : [];
  const title = (id: string | undefined) => segments.find((segment) => segment.id === id)?.title ?? "Another part";
  const start = entries.find(({ event }) => event.type === "SessionStarted");
  const last = entries.findLast(({ event }) => !AFTER_THE_END.includes(event.type));
  if (!start || !last) return null;
  const startedAt = Date.parse(start.at);
  const since = (entry: Entry) => Math.max(0, Date.parse(entry.at) - startedAt);
  const moments = entries.flatMap((entry): Moment[] => {
    const [kind, text] = described(entry.event, title) ?? [];
    return kind && text ? [{ seq: entry.seq, atMs: since(entry), kind, text }] : [];
  });
  const begun = entries.flatMap((entry) => {
    const { event } = entry;
    if (event.type === "SegmentEntered") return [{ id: event.segment_id, fromMs: since(entry) }];
    return event.type === "SessionStarted" ? [{ id: event.schedule[0]?.segment_id ?? "", fromMs: 0 }] : [];
  });
  const lengthMs = Math.max(1, since(last));
  const parts = begun.map(({ id, fromMs }, index) => ({
    id,
    title: title(id),
    fromMs,
    toMs: begun[index + 1]?.fromMs ?? lengthMs,
  }));
  return { startedAt, lengthMs, moments, parts };
}

/** The moment that a seq belongs to: its own, or the last one before it. */
export function momentAt({ moments }: Timeline, seq: number): Moment | undefined {
  return moments.findLast((moment) => moment.seq <= seq) ?? moments[0];
}

/** The last moment at or before a time. */
export function momentBefore({ moments }: Timeline, atMs: number): Moment | undefined {
  return moments.findLast((moment) => moment.atMs <= atMs) ?? moments[0];
}

/** The next moment in a direction; the same one at either end. */
export function neighbour({ moments }: Timeline, seq: number, step: 1 | -1): Moment | undefined {
  return step === 1
    ? (moments.find((moment) => moment.seq > seq) ?? moments.at(-1))
    : (moments.findLast((moment) => moment.seq < seq) ?? moments[0]);
}

/** "04:12, You ran the tests". */
export function momentLabel({ atMs, text }: Moment): string {
  return `${clockLabel(atMs)}, ${text}`;
}

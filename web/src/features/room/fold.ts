/**
 * The fold: what a list of entries means. The same as `mockloop/sessions/state.py`, and tested against its results.
 * Pure. Moments stay the strings that the server sent.
 */
import type { components } from "@/lib/api/schema";

type Schemas = components["schemas"];

export type Entry = Schemas["Entry"];
export type SessionEvent = Entry["event"];
export type SessionState = Schemas["SessionState"];
export type Message = Schemas["Message"];
export type Run = Schemas["Run"];
export type Slot = Schemas["Slot"];
export type Language = SessionState["language"];

type EventOf<T extends SessionEvent["type"]> = Extract<SessionEvent, { type: T }>;
type Changes = Partial<SessionState>;

export const EMPTY: SessionState = {
  last_seq: 0,
  status: "created",
  setup: null,
  started_at: null,
  ended_at: null,
  deadline_at: null,
  schedule: [],
  segment_id: null,
  segment_entered_at: null,
  noticed_segment_id: null,
  language: "python",
  solutions: {},
  notes: { text: "", seq: 0 },
  drawing_seq: 0,
  messages: [],
  runs: [],
  hints_given: 0,
  candidate_active_at: null,
  quiet_notices: 0,
  trigger_seq: 0,
  answered_seq: 0,
  retried_seq: null,
  judged: false,
  overall: null,
  outcome: null,
};

/** The state after `entries`, from the beginning or from an earlier state. */
export function fold(entries: readonly Entry[], state: SessionState = EMPTY): SessionState {
  return entries.reduce(apply, state);
}

/** The state after one more entry; throws when it is not the next one. */
export function apply(state: SessionState, entry: Entry): SessionState {
  if (entry.seq !== state.last_seq + 1) throw new Error(`entry ${entry.seq} does not follow ${state.last_seq}`);
  const changed = changes(state, entry);
  const called = "trigger_seq" in changed || "answered_seq" in changed;
  return { ...state, last_seq: entry.seq, ...(called ? { retried_seq: null } : {}), ...changed };
}

function changes(state: SessionState, entry: Entry): Changes {
  const event = entry.event;
  switch (event.type) {
    case "SessionCreated":
      return { setup: event, language: event.language };
    case "SessionStarted":
      return started(entry, event);
    case "SegmentEntered":
      return {
        schedule: event.schedule,
        segment_id: event.segment_id,
        segment_entered_at: entry.at,
        ...(event.by === "interviewer" ? {} : { trigger_seq: entry.seq }),
      };
    case "SegmentEnding":
      return { noticed_segment_id: event.segment_id, trigger_seq: entry.seq };
    case "SegmentResized":
      return { schedule: event.schedule, noticed_segment_id: null };
    case "CandidateWentQuiet":
      return { quiet_notices: state.quiet_notices + 1, trigger_seq: entry.seq };
    case "InterviewerSaid":
      return interviewerSaid(state, entry, event);
    case "InterviewerPassed":
      return { answered_seq: event.answers_seq };
    case "SessionCompleted":
      return { status: "completed", ended_at: entry.at };
    case "SessionExpired":
      return { status: "expired", ended_at: entry.at };
    case "SessionJudged":
      return { judged: true, overall: event.overall, outcome: event.outcome };
    case "HiddenTestsRan":
    case "Withheld":
      return {};
    case "RunLost":
      return { runs: withRun(state, event.run_id, { lost: true }) };
    case "CodeRan":
      return {
        runs: withRun(state, event.run_id, { result: event, result_seq: entry.seq, lost: false }),
        trigger_seq: entry.seq,
      };
    default:
      return { candidate_active_at: entry.at, quiet_notices: 0, ...candidateChanges(state, entry, event) };
  }
}

type CandidateEvent = EventOf<
  | "CandidateSaid"
  | "HintAsked"
  | "RepeatAsked"
  | "RetryAsked"
  | "FileEdited"
  | "LanguageChosen"
  | "DrawingSaved"
  | "CodeRunAsked"
>;

function candidateChanges(state: SessionState, entry: Entry, event: CandidateEvent): Changes {
  switch (event.type) {
    case "CandidateSaid": {
      const message = blankMessage(entry, "candidate", event.text);
      return { messages: [...state.messages, message], trigger_seq: entry.seq };
    }
    case "HintAsked":
    case "RepeatAsked":
      return { trigger_seq: entry.seq };
    case "RetryAsked":
      return { trigger_seq: entry.seq, retried_seq: event.message_seq };
    case "FileEdited": {
      const file = { text: event.text, seq: entry.seq };
      if (event.file === "notes") return { notes: file };
      return { solutions: { ...state.solutions, [event.language ?? state.language]: file } };
    }
    case "LanguageChosen":
      return { language: event.language };
    case "DrawingSaved":
      return { drawing_seq: entry.seq };
    case "CodeRunAsked":
      return { runs: [...state.runs, askedRun(entry, event)] };
    default: {
      const unhandled: never = event;
      throw new Error(`no case for ${JSON.stringify(unhandled)}`);
    }
  }
}

function started(entry: Entry, event: EventOf<"SessionStarted">): Changes {
  return {
    status: "in_progress",
    started_at: entry.at,
    deadline_at: event.deadline_at,
    schedule: event.schedule,
    segment_id: event.schedule[0]?.segment_id ?? null,
    segment_entered_at: entry.at,
    candidate_active_at: entry.at,
    trigger_seq: entry.seq,
  };
}

function interviewerSaid(state: SessionState, entry: Entry, event: EventOf<"InterviewerSaid">): Changes {
  const message: Message = {
    ...blankMessage(entry, "interviewer", event.text),
    move: event.move,
    about: event.about,
    source: event.source,
    hint_level: event.hint_level,
  };
  const before = state.messages.map((earlier) =>
    earlier.seq === event.instead_of ? { ...earlier, replaced_by: entry.seq } : earlier,
  );
  return {
    messages: [...before, message],
    answered_seq: event.answers_seq,
    hints_given: state.hints_given + (event.move === "hint" ? 1 : 0),
  };
}

function blankMessage(entry: Entry, speaker: Message["speaker"], text: string): Message {
  const nothing = { move: "", about: "", source: "", hint_level: null, replaced_by: null };
  return { seq: entry.seq, at: entry.at, speaker, text, ...nothing };
}

function askedRun(entry: Entry, event: EventOf<"CodeRunAsked">): Run {
  return {
    run_id: event.run_id,
    kind: event.kind,
    language: event.language,
    asked_seq: entry.seq,
    asked_at: entry.at,
    result: null,
    result_seq: null,
    lost: false,
  };
}

function withRun(state: SessionState, runId: string, change: Partial<Run>): Run[] {
  return state.runs.map((run) => (run.run_id === runId ? { ...run, ...change } : run));
}

/** Whether the session has ended. */
export function hasEnded(state: SessionState): boolean {
  return state.status === "completed" || state.status === "expired";
}

/** Whether the interviewer has yet to answer something. */
export function owesTurn(state: SessionState): boolean {
  return state.status === "in_progress" && state.trigger_seq > state.answered_seq;
}

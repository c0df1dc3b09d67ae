import { describe, expect, it } from "vitest";
import { EMPTY, type Entry, type Message, type SessionState } from "./fold";
import { reasonOf, retriable, wasRetried } from "./retry";

const said: Message = {
  seq: 5,
  at: "2026-11-21T09:00:00Z",
  speaker: "interviewer",
  text: "Tell me more.",
  move: "probe",
  about: "",
  source: "built-in:overloaded",
  hint_level: null,
  replaced_by: null,
};

const running = (message: Partial<Message>, change: Partial<SessionState> = {}): SessionState => ({
  ...EMPTY,
  status: "in_progress",
  last_seq: 5,
  trigger_seq: 4,
  answered_seq: 4,
  messages: [{ ...said, ...message }],
  ...change,
});

describe("what can be asked for again", () => {
  it("is the last answer for which the built-in interviewer stood in", () => {
    expect(retriable(running({}))?.seq).toBe(5);
  });

  it.each<[string, SessionState]>([
    ["an answer by choice", running({ source: "built-in" })],
    ["a model's answer", running({ source: "model:house" })],
    ["a hint", running({ move: "hint" })],
    ["a follow-up question", running({ move: "follow_up" })],
    ["while a turn is owed", running({}, { trigger_seq: 6 })],
    ["after the end", running({}, { status: "completed" })],
    ["after words of the candidate", running({}, { messages: [said, { ...said, seq: 6, speaker: "candidate", source: "" }] })],
    ["in an empty room", running({}, { messages: [] })],
  ])("is not %s", (_, state) => {
    expect(retriable(state)).toBeNull();
  });

  it("knows whether it was asked for before", () => {
    const entry = { seq: 6, at: said.at, client_id: null, event: { type: "RetryAsked", message_seq: 5 } } as Entry;
    expect(wasRetried([entry], said)).toBe(true);
    expect(wasRetried([], said)).toBe(false);
  });

  it("says why", () => {
    expect(reasonOf("built-in:timed_out")).toBe("took too long");
    expect(reasonOf("built-in:something new")).toBe("did not answer");
  });
});

import { describe, expect, it } from "vitest";
import { momentAt, momentBefore, momentLabel, neighbour, timelineOf } from "./moments";
import type { Entry } from "./scorecard-types";

const part = (id: string) => ({ id, title: id, purpose: "", stages: [], minutes: 5, min_minutes: 1, max_minutes: 9 });
const slot = (id: string) => ({ segment_id: id, starts_at: "", ends_at: "" });
const events = [
  [0, { type: "SessionCreated", segments: [part("Plan"), part("Code")] }],
  [10, { type: "SessionStarted", schedule: [slot("Plan")] }],
  [20, { type: "CandidateSaid", text: "hello" }],
  [20, { type: "InterviewerPassed" }],
  [40, { type: "SegmentEntered", segment_id: "Code", by: "candidate", schedule: [] }],
  [55, { type: "CodeRan", kind: "tests" }],
  [70, { type: "SessionCompleted" }],
  [900, { type: "SessionJudged" }],
] as const;
const entries = events.map(([second, event], index) => ({
  seq: index + 1,
  at: new Date(second * 1000).toISOString(),
  client_id: null,
  event,
})) as unknown as Entry[];
const timeline = timelineOf(entries)!;

describe("the timeline", () => {
  it("runs from the start to the end, and not to the judging", () => {
    expect(timeline.lengthMs).toBe(60_000);
  });

  it("has the parts one after another", () => {
    expect(timeline.parts).toEqual([
      { id: "Plan", title: "Plan", fromMs: 0, toMs: 30_000 },
      { id: "Code", title: "Code", fromMs: 30_000, toMs: 60_000 },
    ]);
  });

  it("leaves out what one cannot see", () => {
    expect(timeline.moments.map(({ seq }) => seq)).toEqual([2, 3, 5, 6, 7]);
  });

  it("does not exist for a session that never began", () => {
    expect(timelineOf(entries.slice(0, 1))).toBeNull();
  });
});

describe("moments", () => {
  it("are found by seq, also between two of them", () => {
    expect(momentAt(timeline, 4)?.seq).toBe(3);
    expect(momentAt(timeline, 1)?.seq).toBe(2);
    expect(momentAt(timeline, 99)?.seq).toBe(7);
  });

  it("are found by time", () => {
    expect(momentBefore(timeline, 44_999)?.seq).toBe(5);
    expect(momentBefore(timeline, 45_000)?.seq).toBe(6);
  });

  it("have neighbours, up to either end", () => {
    expect(neighbour(timeline, 3, 1)?.seq).toBe(5);
    expect(neighbour(timeline, 3, -1)?.seq).toBe(2);
    expect(neighbour(timeline, 2, -1)?.seq).toBe(2);
    expect(neighbour(timeline, 7, 1)?.seq).toBe(7);
  });

  it("say when and what", () => {
    expect(momentLabel(momentAt(timeline, 6)!)).toBe("00:45, You ran the tests");
  });
});

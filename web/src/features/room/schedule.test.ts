import { describe, expect, it } from "vitest";
import { EMPTY, type SessionState } from "./fold";
import { partLabel, segmentRemainingMs, stepsOf } from "./schedule";

const part = (id: string, minutes: number) => ({
  id,
  title: id,
  purpose: "",
  stages: ["plan" as const],
  minutes,
  min_minutes: 1,
  max_minutes: 9,
});
const setup: NonNullable<SessionState["setup"]> = {
  type: "SessionCreated",
  format_id: "f",
  session_type: "coding",
  title: "",
  question_id: "q",
  company_style: "generic",
  difficulty: "easy",
  language: "python",
  segments: [part("first", 4), part("second", 6)],
};
const running: SessionState = {
  ...EMPTY,
  setup,
  status: "in_progress",
  segment_id: "first",
  schedule: [
    { segment_id: "first", starts_at: "2026-01-01T10:00:00Z", ends_at: "2026-01-01T10:04:00Z" },
    { segment_id: "second", starts_at: "2026-01-01T10:04:00Z", ends_at: "2026-01-01T10:10:00Z" },
  ],
};
const at = (time: string) => Date.parse(`2026-01-01T10:${time}Z`);

describe("the steps", () => {
  it("are all to come before the start, with the minutes they were given", () => {
    expect(stepsOf({ ...EMPTY, setup }, at("00:00"))).toMatchObject([
      { standing: "coming", minutes: 4, share: 0 },
      { standing: "coming", minutes: 6, share: 0 },
    ]);
  });

  it("fill up as time goes", () => {
    expect(stepsOf(running, at("01:00"))).toMatchObject([
      { standing: "present", share: 0.25 },
      { standing: "coming", share: 0 },
    ]);
    expect(stepsOf({ ...running, segment_id: "second" }, at("07:00"))).toMatchObject([
      { standing: "past", share: 1 },
      { standing: "present", share: 0.5 },
    ]);
  });

  it("say how long the present one has left", () => {
    expect(segmentRemainingMs(running, at("03:30"))).toBe(30_000);
    expect(segmentRemainingMs(EMPTY, 0)).toBeNull();
  });
});

describe("minutes", () => {
  it.each([
    [4, "4 min"],
    [4.4, "4½ min"],
    [0.5, "½ min"],
    [0.1, "< ½ min"],
    [13.9, "14 min"],
  ])("%s reads %s", (minutes, label) => {
    expect(partLabel(minutes)).toBe(label);
  });
});

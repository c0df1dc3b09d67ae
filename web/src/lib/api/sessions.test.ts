import { describe, expect, it } from "vitest";
import { askAgainIn, markIsComing, sessionAddress } from "./sessions";

const now = Date.parse("2026-11-20T10:30:00Z");
const ended = { started_at: "2026-11-20T10:00:00Z", ended_at: "2026-11-20T10:29:30Z", overall: null };

describe("markIsComing", () => {
  it("is true for a minute after the end, until the mark is there", () => {
    expect(markIsComing([ended], now)).toBe(true);
    expect(markIsComing([{ ...ended, overall: 0 }], now)).toBe(false);
    expect(markIsComing([ended], now + 60_000)).toBe(false);
  });

  it("is false for what never began or still runs", () => {
    expect(markIsComing([{ ...ended, started_at: null }, { ...ended, ended_at: null }], now)).toBe(false);
  });
});

describe("sessionAddress", () => {
  it("leads to the room while it runs and to the scorecard afterwards", () => {
    expect(sessionAddress({ id: "a", status: "created" })).toBe("/room?id=a");
    expect(sessionAddress({ id: "a", status: "in_progress" })).toBe("/room?id=a");
    expect(sessionAddress({ id: "a", status: "completed" })).toBe("/scorecard?id=a");
    expect(sessionAddress({ id: "a", status: "expired" })).toBe("/scorecard?id=a");
  });
});

describe("askAgainIn", () => {
  it("asks again when the last answer was a failure, so that an old list does not stay", () => {
    expect(askAgainIn(new Error("away"), [])).toBeGreaterThan(0);
    expect(askAgainIn(null, [])).toBe(false);
  });
});

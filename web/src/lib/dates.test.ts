import { describe, expect, it } from "vitest";
import { dayLabel, endOfDay, minutesLabel } from "./dates";

const now = new Date(2026, 10, 21, 0, 30);
const at = (...parts: [number, number, number, number]) => new Date(...parts).toISOString();

describe("dayLabel", () => {
  it("counts days by the calendar, not by 24 hours", () => {
    expect(dayLabel(at(2026, 10, 21, 0), now)).toBe("Today");
    expect(dayLabel(at(2026, 10, 20, 23), now)).toBe("Yesterday");
    expect(dayLabel(at(2026, 10, 19, 23), now, "en-GB")).toBe("19 Nov");
  });

  it("names the year when it is another", () => {
    expect(dayLabel(at(2025, 11, 31, 9), now, "en-GB")).toBe("31 Dec 2025");
  });
});

describe("minutesLabel", () => {
  it("rounds up and keeps the grammar", () => {
    expect(minutesLabel(-5)).toBe("under a minute");
    expect(minutesLabel(59_999)).toBe("under a minute");
    expect(minutesLabel(60_000)).toBe("1 minute");
    expect(minutesLabel(60_001)).toBe("2 minutes");
  });
});

describe("endOfDay", () => {
  it("is the last moment of the day by the calendar", () => {
    const end = endOfDay(now);
    expect(end.getDate()).toBe(21);
    expect(new Date(end.getTime() + 1).getDate()).toBe(22);
  });
});

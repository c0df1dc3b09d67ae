import { describe, expect, it } from "vitest";
import { clockLabel, sinceLabel, tookLabel } from "./clock-label";

describe("clockLabel", () => {
  it.each([
    [0, "00:00"],
    [-5000, "00:00"],
    [61_900, "01:01"],
    [3_600_000, "1:00:00"],
  ])("%s ms reads %s", (ms, label) => {
    expect(clockLabel(ms)).toBe(label);
  });

  it("counts down to 0 only when all is over", () => {
    expect(clockLabel(1, Math.ceil)).toBe("00:01");
    expect(clockLabel(0, Math.ceil)).toBe("00:00");
  });
});

describe("sinceLabel", () => {
  it("counts from the start, and says nothing without one", () => {
    expect(sinceLabel("2026-01-01T10:01:05Z", "2026-01-01T10:00:00Z")).toBe("01:05");
    expect(sinceLabel("2026-01-01T10:01:05Z", null)).toBe("");
  });
});

describe("tookLabel", () => {
  it.each([
    [0.0004, "under 1 ms"],
    [0.0123, "12 ms"],
    [1.234, "1.23 s"],
  ])("%s s reads %s", (seconds, label) => {
    expect(tookLabel(seconds)).toBe(label);
  });
});

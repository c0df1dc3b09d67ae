import { describe, expect, it } from "vitest";
import { linesOf } from "./quoted-lines";
import { growthLabel, outOfTen, pointsLabel } from "./scorecard-types";

describe("figures", () => {
  it("show marks out of ten with one decimal", () => {
    expect([0, 11, 56.7, 100].map(outOfTen)).toEqual([0, 1.1, 5.7, 10]);
  });

  it("round as Python's round(mark / 10, 1) does", () => {
    expect([93.5, 62.5, 67.5, 4.5, 2.5, 7.5].map(outOfTen)).toEqual([9.3, 6.2, 6.8, 0.5, 0.2, 0.8]);
  });

  it("show points without empty decimals", () => {
    expect([15, 6.36, 0].map(pointsLabel)).toEqual(["15", "6.4", "0"]);
  });

  it("write growth as people do", () => {
    expect(growthLabel("linearithmic")).toBe("O(n log n)");
  });
});

describe("a quote in the code", () => {
  const code = "def f():\n    print(1)\n    return 2\n";

  it.each([
    ["print(1)", [2]],
    ["print(1)\n    return 2", [2, 3]],
    ["not there", []],
    ["", []],
  ])("%j stands on lines %j", (quote, lines) => {
    expect(linesOf(code, quote)).toEqual(lines);
  });
});

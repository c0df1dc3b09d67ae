import { expect, it } from "vitest";
import { costLabel, faultsLabel, shareLabel } from "./figures";

it("says what went wrong and how often", () => {
  expect(faultsLabel({ rate_limited: 1200, cut: 1 })).toBe("rate limited 1,200, cut 1");
  expect(faultsLabel({})).toBe("–");
});

it("tells no cost from a cost of nothing", () => {
  expect(costLabel(null)).toBe("–");
  expect(costLabel(0)).toBe("$0.0000");
  expect(costLabel(12.345, 2)).toBe("$12.35");
});

it.each([
  [0, 0, "0 %"],
  [0, 9, "0 %"],
  [1, 1000, "1 %"],
  [999, 1000, "99 %"],
  [9, 9, "100 %"],
  [1, 3, "33 %"],
])("%i of %i is %s", (some, all, label) => {
  expect(shareLabel(some, all)).toBe(label);
});

import { describe, expect, it } from "vitest";
import { type Bank, changed, firstChoices, minutesWithin, questionsOf, requestFor, timedSegments, totalMinutes } from "./choices";
import type { Format, Question, Segment } from "@/lib/api/types";

const segment = (id: string, minutes: number): Segment => ({
  id,
  title: id,
  purpose: "",
  stages: ["code"],
  minutes,
  min_minutes: 2,
  max_minutes: 20,
});

const format = (id: string, languages: Format["languages"]): Format => ({
  id,
  type: "coding",
  title: id,
  summary: "",
  minutes: 18,
  tools: [],
  languages,
  segments: [segment("plan", 5), segment("code", 13)],
});

const question = (id: string, difficulty: Question["difficulty"]): Question => ({
  id,
  title: id,
  difficulty,
  topics: [],
  summary: "",
});

const bank: Bank = {
  formats: [format("drill-15", ["python"]), format("coding-30", ["python", "typescript"])],
  styles: [
    { id: "google", title: "Google", summary: "" },
    { id: "generic", title: "Any", summary: "" },
  ],
  questions: [question("pairs", "easy"), question("ferries", "hard")],
};

const first = (query = "", last = {}) => firstChoices(bank, new URLSearchParams(query), last)!;

describe("firstChoices", () => {
  it("starts with the defaults, and a surprise", () => {
    expect(first()).toMatchObject({ format: "coding-30", style: "generic", question: null, difficulty: null });
  });

  it("remembers the last choices, and a redo goes before them", () => {
    const last = { format: "drill-15", style: "google", language: "typescript", difficulty: "hard" } as const;
    expect(first("", last)).toMatchObject({ format: "drill-15", style: "google", difficulty: "hard" });
    expect(first("format=coding-30&question=pairs&style=generic&language=typescript", last)).toMatchObject({
      format: "coding-30",
      question: "pairs",
      style: "generic",
      language: "typescript",
      difficulty: null,
    });
  });

  it("takes nothing that is not offered", () => {
    const odd = first("format=x&question=y&style=z&language=cobol", { format: "old", style: "old" });
    expect(odd).toMatchObject({ format: "coding-30", style: "generic", question: null, language: "python" });
    expect(first("format=drill-15&language=typescript").language).toBe("python");
    expect(firstChoices({ ...bank, formats: [] }, new URLSearchParams(), {})).toBeNull();
  });
});

describe("changed", () => {
  it("lets a question go that is not of the new difficulty, and keeps one that is", () => {
    const chosen = { ...first(), question: "pairs" };
    expect(changed(bank, chosen, { difficulty: "hard" }).question).toBeNull();
    expect(changed(bank, chosen, { difficulty: "easy" }).question).toBe("pairs");
  });

  it("forgets minutes and language of another format", () => {
    const chosen = { ...first(), language: "typescript" as const, minutes: { plan: 9 } };
    expect(changed(bank, chosen, { format: "drill-15" })).toMatchObject({ language: "python", minutes: {} });
    expect(changed(bank, chosen, { style: "google" }).minutes).toEqual({ plan: 9 });
  });
});

describe("minutes", () => {
  it("stay within the segment's limits", () => {
    const plan = segment("plan", 5);
    expect([0, 1.4, 7.6, 99, Number.NaN].map((wanted) => minutesWithin(plan, wanted))).toEqual([2, 2, 8, 20, 5]);
  });

  it("add up with what was changed", () => {
    expect(totalMinutes(timedSegments(bank.formats[1]!, { plan: 9 }))).toBe(22);
  });
});

describe("requestFor", () => {
  it("sends no difficulty with a chosen question", () => {
    const chosen = { ...first(), difficulty: "easy" as const };
    expect(requestFor(chosen)).toMatchObject({ difficulty: "easy", question: null });
    expect(requestFor({ ...chosen, question: "pairs" })).toMatchObject({ difficulty: null, question: "pairs" });
  });
});

it("questionsOf lists all without a difficulty", () => {
  expect(questionsOf(bank, null)).toHaveLength(2);
  expect(questionsOf(bank, "hard").map(({ id }) => id)).toEqual(["ferries"]);
});

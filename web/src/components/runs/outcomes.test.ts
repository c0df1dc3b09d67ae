import { describe, expect, it } from "vitest";
import { type CodeRan, furtherChecks, outcomeOf, type TestRun } from "./outcomes";

const ran = (change: Partial<CodeRan>): CodeRan => ({
  type: "CodeRan",
  run_id: "r",
  kind: "script",
  outcome: "ok",
  stdout: "",
  stderr: "",
  message: "",
  line: null,
  exit_code: 0,
  signal: null,
  wall_s: 0.02,
  cpu_s: 0,
  memory_mb: 0,
  truncated: false,
  tests: [],
  hidden_passed: 0,
  hidden_total: 0,
  ...change,
});
const test = (outcome: TestRun["outcome"]): TestRun => ({
  index: 0,
  outcome,
  wall_s: 0,
  arguments: "",
  expected: "",
  actual: "",
  message: "",
});

describe("what became of a run", () => {
  it("says how long a program took", () => {
    expect(outcomeOf(ran({}))).toEqual({ text: "The program ran in 20 ms.", tone: "positive" });
  });

  it("names the line where it fell over", () => {
    expect(outcomeOf(ran({ outcome: "crashed", line: 7 })).text).toBe("The program stopped with an error, at line 7.");
  });

  it("counts tests, and is content only when the further checks are", () => {
    const tests = [test("passed"), test("passed")];
    const some = ran({ kind: "tests", tests, hidden_passed: 3, hidden_total: 8 });
    expect(outcomeOf(some)).toEqual({ text: "2 of 2 tests passed.", tone: "caution" });
    expect(furtherChecks(some)).toBe("3 of 8 further checks passed.");
    expect(outcomeOf(ran({ kind: "tests", tests, hidden_passed: 8, hidden_total: 8 })).tone).toBe("positive");
  });

  it("counts also when one test crashed the program", () => {
    const tests = [test("passed"), test("crashed")];
    expect(outcomeOf(ran({ kind: "tests", outcome: "crashed", tests })).text).toBe("1 of 2 tests passed.");
  });

  it("says nothing of tests that never ran", () => {
    const broken = ran({ kind: "tests", outcome: "compile_error", tests: [test("not_run")], hidden_total: 8 });
    expect(outcomeOf(broken).text).toBe("The code could not be read.");
    expect(furtherChecks(broken)).toBeNull();
  });
});

import type { components } from "@/lib/api/schema";
import type { Tone } from "@/lib/labels";
import { tookLabel } from "@/lib/clock-label";

export type CodeRan = components["schemas"]["CodeRan"];
export type TestRun = components["schemas"]["TestRun"];

type Sentence = { text: string; tone: Tone };

const failed: Record<Exclude<CodeRan["outcome"], "ok">, string> = {
  crashed: "The program stopped with an error",
  timed_out: "The program took too long and was stopped",
  out_of_memory: "The program used more memory than it may",
  too_much_output: "The program printed more than is kept, and was stopped",
  compile_error: "The code could not be read",
  refused: "The code was not run",
};

/** False when the code fell over before its first test: then the tests say nothing. */
export function someTestRan(result: CodeRan): boolean {
  return result.tests.some(({ outcome }) => outcome !== "not_run");
}

/** What became of a run, in one sentence. */
export function outcomeOf(result: CodeRan): Sentence {
  if (result.outcome !== "ok" && !someTestRan(result)) {
    const where = result.line ? `, at line ${result.line}` : "";
    return { text: `${failed[result.outcome]}${where}.`, tone: "negative" };
  }
  if (result.kind === "script") return { text: `The program ran in ${tookLabel(result.wall_s)}.`, tone: "positive" };
  const passed = result.tests.filter(({ outcome }) => outcome === "passed").length;
  const all = passed === result.tests.length && result.hidden_passed === result.hidden_total;
  return {
    text: `${passed} of ${result.tests.length} tests passed.`,
    tone: all ? "positive" : passed === result.tests.length ? "caution" : "negative",
  };
}

/** The tests that are not shown: only how many of them passed. */
export function furtherChecks(result: CodeRan): string | null {
  if (!result.hidden_total || !someTestRan(result)) return null;
  return `${result.hidden_passed} of ${result.hidden_total} further checks passed.`;
}

export const testOutcomeLabels: Record<TestRun["outcome"], { label: string; tone: Tone }> = {
  passed: { label: "Passed", tone: "positive" },
  failed: { label: "Wrong answer", tone: "negative" },
  crashed: { label: "Error", tone: "negative" },
  timed_out: { label: "Too slow", tone: "negative" },
  out_of_memory: { label: "Out of memory", tone: "negative" },
  too_much_output: { label: "Too much output", tone: "negative" },
  not_run: { label: "Not run", tone: "neutral" },
};

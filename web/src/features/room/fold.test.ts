import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { entry } from "./fake-socket";
import { apply, EMPTY, type Entry, fold, owesTurn, type SessionEvent, type SessionState } from "./fold";

const folder = path.join(import.meta.dirname, "fixtures");
const fixtures = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];

/** Moments are the server's strings here and objects there: compared as moments. */
function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(part) ? new Date(part).toISOString() : part,
  );
}

describe.each(fixtures)("the log %s", (name) => {
  const { entries, state } = JSON.parse(readFileSync(path.join(folder, name), "utf8")) as {
    entries: Entry[];
    state: SessionState;
  };

  it("folds to the state that the server has", () => {
    expect(comparable(fold(entries))).toEqual(comparable(state));
  });

  it("folds to the same from any earlier state", () => {
    for (let cut = 0; cut <= entries.length; cut += 1) {
      expect(fold(entries.slice(cut), fold(entries.slice(0, cut)))).toEqual(fold(entries));
    }
  });
});

describe("apply", () => {
  const said: SessionEvent = { type: "CandidateSaid", text: "hello" };

  it("refuses an entry that is not the next one", () => {
    expect(() => apply(EMPTY, entry(2, said))).toThrow("entry 2 does not follow 0");
  });

  it("leaves the state it was given as it was", () => {
    const before = JSON.stringify(EMPTY);
    apply(EMPTY, entry(1, said));
    expect(JSON.stringify(EMPTY)).toBe(before);
  });

  it("keeps a file of each language", () => {
    const edit = (language: "python" | "javascript", text: string): SessionEvent => ({
      type: "FileEdited",
      file: "solution",
      language,
      text,
      base_seq: 0,
    });
    const state = fold([entry(1, edit("python", "p")), entry(2, edit("javascript", "j")), entry(3, edit("python", "q"))]);
    expect(state.solutions).toEqual({ python: { text: "q", seq: 3 }, javascript: { text: "j", seq: 2 } });
  });

  it("owes a turn from a question until its answer, and not before the start", () => {
    const begun: SessionState = { ...EMPTY, status: "in_progress" };
    const asked = apply(begun, entry(1, said));
    expect(owesTurn(asked)).toBe(true);
    expect(owesTurn(apply(EMPTY, entry(1, said)))).toBe(false);
    expect(owesTurn(apply(asked, entry(2, { type: "InterviewerPassed", reason: "", answers_seq: 1 })))).toBe(false);
  });
});

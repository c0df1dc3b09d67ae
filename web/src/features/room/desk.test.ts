import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Desk, SAVE_AFTER_MS, SAVE_AT_LATEST_MS } from "./desk";
import type { Draft } from "./drafts";
import { entry } from "./fake-socket";
import type { EditFile } from "./protocol";

const DOC = "solution:python";
type Sent = Omit<EditFile, "client_id">;

let sent: Sent[];
let drafts: Map<string, Draft>;
let remainingMs: number;
let desk: Desk;

const edited = (seq: number, text: string, baseSeq: number, clientId: string | null = null) =>
  entry(seq, { type: "FileEdited", file: "solution", language: "python", text, base_seq: baseSeq }, clientId);
const see = (...args: Parameters<typeof edited>) => desk.seen(edited(...args), "python");
const doc = () => desk.doc(DOC);

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  drafts = new Map();
  remainingMs = 600_000;
  desk = new Desk({
    starter: { python: "start", typescript: "begin" },
    drafts: { keep: (id, draft) => drafts.set(id, draft), drop: (id) => drafts.delete(id) },
    send: (edit) => `id-${sent.push(edit)}`,
    remainingMs: () => remainingMs,
    changed: () => {},
  });
});

afterEach(() => vi.useRealTimers());

describe("autosave", () => {
  it("starts from the starter code of each language and saves nothing of it", () => {
    expect(doc().text).toBe("start");
    expect(desk.doc("solution:typescript").text).toBe("begin");
    desk.saveNow();
    expect(sent).toEqual([]);
  });

  it("saves once the typing pauses", () => {
    desk.typed(DOC, "a");
    vi.advanceTimersByTime(SAVE_AFTER_MS - 1);
    desk.typed(DOC, "ab");
    vi.advanceTimersByTime(SAVE_AFTER_MS - 1);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(sent).toEqual([
      { type: "EditFile", file: "solution", language: "python", text: "ab", base_seq: 0, force: false },
    ]);
  });

  it("saves within five seconds of typing without a pause", () => {
    for (let at = 0; at < SAVE_AT_LATEST_MS; at += 500) {
      desk.typed(DOC, `text ${at}`);
      vi.advanceTimersByTime(500);
    }
    expect(sent).toHaveLength(1);
  });

  it("does not wait in the last seconds", () => {
    remainingMs = 3_000;
    desk.typed(DOC, "a");
    vi.advanceTimersByTime(200);
    expect(sent).toHaveLength(1);
  });

  it("has one save under way at a time and sends what was typed meanwhile on top of it", () => {
    desk.typed(DOC, "a");
    desk.saveNow();
    desk.typed(DOC, "ab");
    desk.saveNow();
    expect(sent).toHaveLength(1);
    see(7, "a", 0, "id-1");
    vi.advanceTimersByTime(SAVE_AFTER_MS);
    expect(sent[1]).toMatchObject({ text: "ab", base_seq: 7 });
    see(8, "ab", 7, "id-2");
    expect(desk.saving(DOC)).toBe("saved");
    expect(desk.hasUnsaved).toBe(false);
  });

  it("does not send what is too long, and says so", () => {
    desk.typed(DOC, "ü".repeat(40_000));
    desk.saveNow();
    expect(sent).toEqual([]);
    expect(desk.saving(DOC)).toBe("too_long");
  });

  it("tries again after a passing refusal", () => {
    desk.typed(DOC, "a");
    desk.saveNow();
    desk.refused({ type: "Refused", client_id: "id-1", code: "room_busy", message: "", details: {} });
    vi.advanceTimersByTime(5_000);
    expect(sent).toHaveLength(2);
  });
});

describe("edits made elsewhere", () => {
  it("are taken over while nothing here is unsaved", () => {
    see(5, "theirs", 0);
    expect(doc()).toMatchObject({ text: "theirs", baseSeq: 5, revision: 1, theirs: null });
    desk.typed(DOC, "theirs and mine");
    desk.saveNow();
    expect(sent[0]).toMatchObject({ base_seq: 5 });
  });

  it("are kept beside what is unsaved here, and nothing is saved over them unasked", () => {
    desk.typed(DOC, "mine");
    see(5, "theirs", 0);
    vi.advanceTimersByTime(60_000);
    expect(sent).toEqual([]);
    expect(doc()).toMatchObject({ text: "mine", theirs: { text: "theirs", seq: 5 } });
    expect(desk.saving(DOC)).toBe("conflict");
    expect(drafts.get(DOC)?.text).toBe("mine");
  });

  it("win when the candidate takes them", () => {
    desk.typed(DOC, "mine");
    see(5, "theirs", 0);
    desk.takeTheirs(DOC);
    expect(doc()).toMatchObject({ text: "theirs", baseSeq: 5, theirs: null });
    expect(drafts.size).toBe(0);
  });

  it("are overwritten, by force and knowingly, when the candidate keeps his own", () => {
    desk.typed(DOC, "mine");
    see(5, "theirs", 0);
    desk.keepMine(DOC);
    expect(sent).toEqual([expect.objectContaining({ text: "mine", base_seq: 5, force: true })]);
    see(6, "mine", 5, "id-1");
    expect(desk.saving(DOC)).toBe("saved");
  });

  it("ask when a save crossed one of theirs on the way", () => {
    desk.typed(DOC, "mine");
    desk.saveNow();
    see(5, "theirs", 0);
    desk.refused({ type: "Refused", client_id: "id-1", code: "stale_edit", message: "", details: { present_seq: 5 } });
    expect(doc()).toMatchObject({ text: "mine", sending: null, theirs: { text: "theirs", seq: 5 } });
    vi.advanceTimersByTime(60_000);
    expect(sent).toHaveLength(1);
  });

  it("ask as well when the refusal comes before their entry", () => {
    desk.typed(DOC, "mine");
    desk.saveNow();
    desk.refused({ type: "Refused", client_id: "id-1", code: "stale_edit", message: "", details: { present_seq: 5 } });
    see(5, "theirs", 0);
    expect(doc().theirs).toEqual({ text: "theirs", seq: 5 });
    expect(doc().text).toBe("mine");
  });
});

describe("drafts", () => {
  it("are kept while something is unsaved and dropped when it is saved", () => {
    desk.typed(DOC, "a");
    expect(drafts.get(DOC)).toEqual({ text: "a", baseSeq: 0 });
    desk.saveNow();
    expect(drafts.size).toBe(1);
    see(7, "a", 0, "id-1");
    expect(drafts.size).toBe(0);
  });

  it("of a tab that died are taken up and saved", () => {
    see(5, "saved", 0);
    desk.restore(new Map([[DOC, { text: "saved and more", baseSeq: 5 }]]));
    expect(doc().text).toBe("saved and more");
    vi.advanceTimersByTime(SAVE_AFTER_MS);
    expect(sent).toEqual([expect.objectContaining({ text: "saved and more", base_seq: 5 })]);
  });

  it("ask when the file has gone on elsewhere since", () => {
    see(9, "newer", 5);
    desk.restore(new Map([[DOC, { text: "older and more", baseSeq: 5 }]]));
    expect(doc()).toMatchObject({ text: "older and more", theirs: { text: "newer", seq: 9 } });
    vi.advanceTimersByTime(60_000);
    expect(sent).toEqual([]);
  });
});

/**
 * The candidate's files as they stand in this tab: what is typed, what the server has, and what is under way.
 *
 * Autosaves shortly after the last keystroke. What others saved is taken over while nothing here is unsaved;
 * otherwise both texts are kept until the candidate chooses.
 */
import type { Drafts } from "./drafts";
import type { Entry, Language } from "./fold";
import { CODE_LIMIT_BYTES, type EditFile, type Refused } from "./protocol";
import { byteLength } from "@/lib/byte-length";

export type DocId = "notes" | `solution:${Language}`;

/** `theirs`: saved elsewhere on top of what we know, while something here was unsaved. */
export type Doc = {
  text: string;
  /** Grows when the text changes other than by typing, so that the editor knows to show it. */
  revision: number;
  saved: string;
  baseSeq: number;
  sending: { clientId: string; text: string } | null;
  theirs: { text: string; seq: number } | null;
  problem: string | null;
};

export type Saving = "saved" | "unsaved" | "saving" | "conflict" | "too_long";

export const SAVE_AFTER_MS = 1_200;
export const SAVE_AT_LATEST_MS = 5_000;
/** In the last seconds of a session nothing waits. */
export const LAST_SECONDS_MS = 10_000;
export const SAVE_AFTER_AT_THE_END_MS = 150;
const TRY_AGAIN_MS = 2_000;

export type DeskOptions = {
  starter: Partial<Record<Language, string>>;
  drafts: Pick<Drafts, "keep" | "drop">;
  /** Sends an edit, kept and repeated until it is answered; the id of the command. */
  send: (edit: Omit<EditFile, "client_id">) => string;
  remainingMs: () => number;
  changed: () => void;
};

export function languageOf(id: DocId): Language | null {
  return id === "notes" ? null : (id.slice("solution:".length) as Language);
}

function docOf(event: { file: "solution" | "notes"; language: Language | null }, present: Language): DocId {
  return event.file === "notes" ? "notes" : `solution:${event.language ?? present}`;
}

type Timer = ReturnType<typeof setTimeout>;

export class Desk {
  private readonly docs = new Map<DocId, Doc>();
  private readonly timers = new Map<DocId, Timer>();
  private readonly unsavedSince = new Map<DocId, number>();
  closed = false;

  constructor(private readonly options: DeskOptions) {}

  doc(id: DocId): Doc {
    let doc = this.docs.get(id);
    if (!doc) {
      const language = languageOf(id);
      const text = (language && this.options.starter[language]) ?? "";
      doc = { text, revision: 0, saved: text, baseSeq: 0, sending: null, theirs: null, problem: null };
      this.docs.set(id, doc);
    }
    return doc;
  }

  saving(id: DocId): Saving {
    const doc = this.doc(id);
    if (doc.theirs) return "conflict";
    if (byteLength(doc.text) > CODE_LIMIT_BYTES) return "too_long";
    if (doc.sending) return "saving";
    return doc.text === doc.saved ? "saved" : "unsaved";
  }

  get hasUnsaved(): boolean {
    return [...this.docs.values()].some((doc) => doc.text !== doc.saved);
  }

  typed(id: DocId, text: string): void {
    const doc = this.doc(id);
    if (doc.text === text || this.closed) return;
    this.set(id, { text });
    this.keepDraft(id);
    this.saveSoon(id);
  }

  /** Sends what is unsaved now: before a run, when the tab is left, when the link is back. */
  saveNow(): void {
    for (const id of this.docs.keys()) this.save(id);
  }

  takeTheirs(id: DocId): void {
    const { theirs, revision } = this.doc(id);
    if (!theirs) return;
    const { text, seq } = theirs;
    this.set(id, { text, saved: text, baseSeq: seq, theirs: null, revision: revision + 1 });
    this.keepDraft(id);
  }

  keepMine(id: DocId): void {
    const { theirs } = this.doc(id);
    if (!theirs) return;
    this.set(id, { theirs: null, saved: theirs.text, baseSeq: theirs.seq });
    this.save(id, true);
  }

  /** A file was saved, by this tab or by another. */
  seen(entry: Entry, present: Language): void {
    const { event } = entry;
    if (event.type !== "FileEdited") return;
    const id = docOf(event, present);
    const doc = this.doc(id);
    if (doc.sending && entry.client_id === doc.sending.clientId) {
      this.set(id, { saved: event.text, baseSeq: entry.seq, sending: null, problem: null });
      this.keepDraft(id);
      if (this.doc(id).text !== event.text) this.saveSoon(id);
    } else if (doc.text === doc.saved || doc.text === event.text) {
      const revision = doc.revision + (doc.text === event.text ? 0 : 1);
      this.set(id, { text: event.text, saved: event.text, baseSeq: entry.seq, theirs: null, revision });
      this.keepDraft(id);
    } else {
      this.set(id, { theirs: { text: event.text, seq: entry.seq } });
    }
  }

  /** An edit was refused. Nothing typed is lost: it stays unsaved, and kept in this browser. */
  refused({ client_id, code, message }: Refused): void {
    for (const [id, doc] of this.docs) {
      if (!client_id || doc.sending?.clientId !== client_id) continue;
      this.set(id, { sending: null, problem: code === "stale_edit" ? null : message });
      // A stale edit waits for the entry that made it stale, which is on its way or here already.
      if (code === "stale_edit" ? !this.doc(id).theirs : code !== "session_over" && code !== "code_too_long") {
        this.later(id, TRY_AGAIN_MS);
      }
    }
  }

  /** What an earlier page of this browser had typed and not saved. */
  restore(drafts: ReadonlyMap<string, { text: string; baseSeq: number }>): void {
    for (const [name, draft] of drafts) {
      const id = name as DocId;
      const doc = this.doc(id);
      if (draft.text === doc.text || this.closed) continue;
      const theirs = draft.baseSeq === doc.baseSeq ? null : { text: doc.saved, seq: doc.baseSeq };
      this.set(id, { text: draft.text, revision: doc.revision + 1, theirs });
      this.keepDraft(id);
      this.saveSoon(id);
    }
  }

  /** Nothing is accepted any more. */
  close(): void {
    this.closed = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const id of this.docs.keys()) this.options.drafts.drop(id);
  }

  private save(id: DocId, force = false): void {
    clearTimeout(this.timers.get(id));
    const saving = this.saving(id);
    if (this.closed || saving !== "unsaved") return;
    const { text, baseSeq } = this.doc(id);
    const language = languageOf(id);
    const file = language ? "solution" : "notes";
    this.unsavedSince.delete(id);
    const clientId = this.options.send({ type: "EditFile", file, language, text, base_seq: baseSeq, force });
    this.set(id, { sending: { clientId, text } });
  }

  private saveSoon(id: DocId): void {
    const now = Date.now();
    const since = this.unsavedSince.get(id) ?? now;
    this.unsavedSince.set(id, since);
    const hurry = this.options.remainingMs() < LAST_SECONDS_MS;
    const pause = hurry ? SAVE_AFTER_AT_THE_END_MS : SAVE_AFTER_MS;
    this.later(id, Math.max(0, Math.min(pause, since + SAVE_AT_LATEST_MS - now)));
  }

  private later(id: DocId, ms: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.set(
      id,
      setTimeout(() => this.save(id), ms),
    );
  }

  private keepDraft(id: DocId): void {
    const { text, saved, baseSeq } = this.doc(id);
    if (text === saved) this.options.drafts.drop(id);
    else this.options.drafts.keep(id, { text, baseSeq });
  }

  private set(id: DocId, change: Partial<Doc>): void {
    this.docs.set(id, { ...this.doc(id), ...change });
    this.options.changed();
  }
}

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { created, FakeRoom, started, STARTED_AT } from "./fake-room";
import { entry } from "./fake-socket";
import type { SessionEvent } from "./fold";
import { BACKOFF_FIRST_MS } from "./link";

const said = (text: string): SessionEvent => ({ type: "CandidateSaid", text });
let room: FakeRoom;

beforeEach(() => {
  vi.useFakeTimers({ now: STARTED_AT });
  window.localStorage.clear();
  room = new FakeRoom();
});

afterEach(() => {
  room.store.stop();
  vi.useRealTimers();
});

describe("joining", () => {
  it("is ready once it has all that had happened, and not before", () => {
    room.store.start();
    expect(room.socket.address).toBe("/ws/s?after=0");
    room.socket.welcome(2);
    room.socket.happened(entry(1, created));
    expect(room.seen.ready).toBe(false);
    room.socket.happened(entry(2, started));
    expect(room.seen.ready).toBe(true);
    expect(room.seen.state.status).toBe("in_progress");
  });

  it("counts by the server's clock", () => {
    room.store.start();
    room.socket.welcome(0, "2026-01-01T10:30:02Z");
    expect(room.seen.clockOffsetMs).toBe(30 * 60_000);
    room.socket.happened(entry(1, created), entry(2, started));
    expect(room.store.remainingMs()).toBe(29 * 60_000 + 58_000);
  });

  it("ignores entries that it has, and comes back for those that are missing", () => {
    room.open();
    room.socket.happened(entry(2, started), entry(3, said("one")));
    expect(room.seen.state.messages).toHaveLength(1);
    room.socket.happened(entry(5, said("three")));
    expect(room.seen.state.last_seq).toBe(3);
    expect(room.sockets).toHaveLength(2);
    expect(room.socket.address).toBe("/ws/s?after=3");
    room.socket.welcome(5);
    room.socket.happened(entry(4, said("two")), entry(5, said("three")));
    expect(room.seen.state.messages.map(({ text }) => text)).toEqual(["one", "two", "three"]);
  });
});

describe("commands", () => {
  it("are pending until their own entry is seen", () => {
    room.open();
    const id = room.store.send({ type: "Say", text: "hello" });
    expect(room.seen.pending.map(({ command }) => command.client_id)).toEqual([id]);
    room.socket.happened(entry(3, said("from another tab")));
    expect(room.seen.pending).toHaveLength(1);
    room.socket.happened(entry(4, said("hello"), id));
    expect(room.seen.pending).toHaveLength(0);
  });

  it("are sent again after a cut, in order, under the same ids, and only those not yet answered", async () => {
    room.open();
    const first = room.store.send({ type: "Say", text: "one" });
    const second = room.store.send({ type: "Say", text: "two" });
    room.socket.happened(entry(3, said("one"), first));
    room.socket.cut();
    const third = room.store.send({ type: "AskHint" });
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    expect(room.sockets).toHaveLength(2);
    expect(room.socket.address).toBe("/ws/s?after=3");
    expect(room.socket.sent).toEqual([]);
    room.socket.welcome(3);
    expect(room.socket.commands.map(({ client_id }) => client_id)).toEqual([second, third]);
  });

  it("ticks off a repeated command by the entry that was there already", async () => {
    room.open();
    const id = room.store.send({ type: "Say", text: "one" });
    room.socket.cut();
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    room.socket.welcome(3);
    room.socket.happened(entry(3, said("one"), id));
    room.socket.happened(entry(3, said("one"), id));
    expect(room.seen.pending).toHaveLength(0);
    expect(room.seen.state.messages).toHaveLength(1);
  });

  it("outlive a page that dies, and are then sent under their old ids", async () => {
    room.open();
    const id = room.store.send({ type: "Say", text: "before the crash" });
    // No stop: the page is simply gone.
    const next = new FakeRoom();
    next.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(next.socket.commands.map(({ client_id }) => client_id)).toEqual([id]);
    expect(next.seen.pending).toHaveLength(1);
    next.socket.happened(entry(3, said("before the crash"), id));
    expect(next.seen.pending).toHaveLength(0);
    next.store.stop();
  });

  it("keep a message that was refused on the screen until it is dismissed, and do not repeat it", async () => {
    room.open();
    const id = room.store.send({ type: "Say", text: "much too long" });
    room.socket.says({ type: "Refused", client_id: id, code: "message_too_long", message: "Too long.", details: {} });
    expect(room.seen.pending[0]?.refused?.message).toBe("Too long.");
    room.socket.cut();
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    room.socket.welcome(2);
    expect(room.socket.commands).toEqual([]);
    room.store.dismiss(id);
    expect(room.seen.pending).toEqual([]);
  });
});

describe("the turn in progress", () => {
  const answered: SessionEvent = {
    type: "InterviewerSaid",
    text: "Good. Go on.",
    move: "acknowledge",
    about: "",
    reason: "",
    hint_level: null,
    answers_seq: 2,
    source: "built-in",
    instead_of: null,
  };

  it("grows by deltas and is replaced by what was said", () => {
    room.open();
    room.socket.says({ type: "Thinking", turn: 2 });
    expect(room.seen.turn).toEqual({ id: 2, text: "" });
    room.socket.says({ type: "Delta", turn: 2, text: "Good." });
    room.socket.says({ type: "Delta", turn: 2, text: " Go" });
    expect(room.seen.turn).toEqual({ id: 2, text: "Good. Go" });
    room.socket.happened(entry(3, answered));
    expect(room.seen.turn).toBeNull();
    expect(room.seen.state.messages.at(-1)?.text).toBe("Good. Go on.");
  });

  it("begins anew after a reset, and with another turn", () => {
    room.open();
    room.socket.says({ type: "Delta", turn: 2, text: "stale" });
    room.socket.says({ type: "Reset", turn: 2 });
    expect(room.seen.turn).toBeNull();
    room.socket.says({ type: "Delta", turn: 2, text: "a" });
    room.socket.says({ type: "Delta", turn: 3, text: "b" });
    expect(room.seen.turn).toEqual({ id: 3, text: "b" });
  });

  it("is not doubled when a reconnect brings its beginning again", async () => {
    room.open();
    room.socket.says({ type: "Delta", turn: 2, text: "Good." });
    room.socket.cut();
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    room.socket.welcome(2);
    room.socket.says({ type: "Delta", turn: 2, text: "Good." });
    expect(room.seen.turn?.text).toBe("Good.");
  });
});

describe("the end", () => {
  it("takes no more keystrokes and drops what was half said", () => {
    room.open();
    room.socket.says({ type: "Delta", turn: 2, text: "And" });
    room.socket.happened(entry(3, { type: "SessionCompleted" }));
    expect(room.seen.turn).toBeNull();
    room.store.desk.typed("notes", "too late");
    expect(room.store.desk.doc("notes").text).toBe("");
  });
});

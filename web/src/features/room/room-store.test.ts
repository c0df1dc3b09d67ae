import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { entry, FakeSocket } from "./fake-socket";
import type { SessionEvent } from "./fold";
import { ANSWER_WITHIN_MS, BACKOFF_FIRST_MS, QUIET_MS } from "./link";
import { RoomStore } from "./room-store";

const segments = [
  { id: "plan", title: "Plan", purpose: "", stages: ["plan" as const], minutes: 5, min_minutes: 1, max_minutes: 9 },
];
const created: SessionEvent = {
  type: "SessionCreated",
  format_id: "coding-30",
  session_type: "coding",
  title: "Coding interview",
  question_id: "q",
  company_style: "generic",
  difficulty: "easy",
  language: "python",
  segments,
};
const inAnHour = "2026-01-01T11:00:00Z";
const started: SessionEvent = {
  type: "SessionStarted",
  schedule: [{ segment_id: "plan", starts_at: "2026-01-01T10:00:02Z", ends_at: inAnHour }],
  deadline_at: inAnHour,
};
const said = (text: string): SessionEvent => ({ type: "CandidateSaid", text });

let sockets: FakeSocket[];
let renewLogin: ReturnType<typeof vi.fn<() => Promise<boolean>>>;
let store: RoomStore;

const socket = () => sockets.at(-1)!;
const seen = () => store.snapshot();

function open(): void {
  store.start();
  socket().welcome(2);
  socket().happened(entry(1, created), entry(2, started));
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-01-01T10:00:02Z") });
  window.localStorage.clear();
  sockets = [];
  renewLogin = vi.fn(async () => true);
  store = new RoomStore({
    sessionId: "s",
    starter: { python: "# here" },
    openSocket: (address) => {
      sockets.push(new FakeSocket(address));
      return socket();
    },
    renewLogin,
    random: () => 1,
  });
});

afterEach(() => {
  store.stop();
  vi.useRealTimers();
});

describe("joining", () => {
  it("is ready once it has all that had happened, and not before", () => {
    store.start();
    expect(socket().address).toBe("/ws/s?after=0");
    socket().welcome(2);
    socket().happened(entry(1, created));
    expect(seen().ready).toBe(false);
    socket().happened(entry(2, started));
    expect(seen().ready).toBe(true);
    expect(seen().state.status).toBe("in_progress");
  });

  it("counts by the server's clock", () => {
    store.start();
    socket().welcome(0, "2026-01-01T10:30:02Z");
    expect(seen().clockOffsetMs).toBe(30 * 60_000);
    socket().happened(entry(1, created), entry(2, started));
    expect(store.remainingMs()).toBe(29 * 60_000 + 58_000);
  });

  it("ignores entries that it has, and comes back for those that are missing", () => {
    open();
    socket().happened(entry(2, started), entry(3, said("one")));
    expect(seen().state.messages).toHaveLength(1);
    socket().happened(entry(5, said("three")));
    expect(seen().state.last_seq).toBe(3);
    expect(sockets).toHaveLength(2);
    expect(socket().address).toBe("/ws/s?after=3");
    socket().welcome(5);
    socket().happened(entry(4, said("two")), entry(5, said("three")));
    expect(seen().state.messages.map(({ text }) => text)).toEqual(["one", "two", "three"]);
  });
});

describe("commands", () => {
  it("are pending until their own entry is seen", () => {
    open();
    const id = store.send({ type: "Say", text: "hello" });
    expect(seen().pending.map(({ command }) => command.client_id)).toEqual([id]);
    socket().happened(entry(3, said("from another tab")));
    expect(seen().pending).toHaveLength(1);
    socket().happened(entry(4, said("hello"), id));
    expect(seen().pending).toHaveLength(0);
  });

  it("are sent again after a cut, in order, under the same ids, and only those not yet answered", async () => {
    open();
    const first = store.send({ type: "Say", text: "one" });
    const second = store.send({ type: "Say", text: "two" });
    socket().happened(entry(3, said("one"), first));
    socket().cut();
    const third = store.send({ type: "AskHint" });
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    expect(sockets).toHaveLength(2);
    expect(socket().address).toBe("/ws/s?after=3");
    expect(socket().sent).toEqual([]);
    socket().welcome(3);
    expect(socket().commands.map(({ client_id }) => client_id)).toEqual([second, third]);
  });

  it("ticks off a repeated command by the entry that was there already", async () => {
    open();
    const id = store.send({ type: "Say", text: "one" });
    socket().cut();
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    socket().welcome(3);
    socket().happened(entry(3, said("one"), id));
    socket().happened(entry(3, said("one"), id));
    expect(seen().pending).toHaveLength(0);
    expect(seen().state.messages).toHaveLength(1);
  });

  it("keep a message that was refused on the screen until it is dismissed, and do not repeat it", async () => {
    open();
    const id = store.send({ type: "Say", text: "much too long" });
    socket().says({ type: "Refused", client_id: id, code: "message_too_long", message: "Too long.", details: {} });
    expect(seen().pending[0]?.refused?.message).toBe("Too long.");
    socket().cut();
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    socket().welcome(2);
    expect(socket().commands).toEqual([]);
    store.dismiss(id);
    expect(seen().pending).toEqual([]);
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
  };

  it("grows by deltas and is replaced by what was said", () => {
    open();
    socket().says({ type: "Thinking", turn: 2 });
    expect(seen().turn).toEqual({ id: 2, text: "" });
    socket().says({ type: "Delta", turn: 2, text: "Good." });
    socket().says({ type: "Delta", turn: 2, text: " Go" });
    expect(seen().turn).toEqual({ id: 2, text: "Good. Go" });
    socket().happened(entry(3, answered));
    expect(seen().turn).toBeNull();
    expect(seen().state.messages.at(-1)?.text).toBe("Good. Go on.");
  });

  it("begins anew after a reset, and with another turn", () => {
    open();
    socket().says({ type: "Delta", turn: 2, text: "stale" });
    socket().says({ type: "Reset", turn: 2 });
    expect(seen().turn).toBeNull();
    socket().says({ type: "Delta", turn: 2, text: "a" });
    socket().says({ type: "Delta", turn: 3, text: "b" });
    expect(seen().turn).toEqual({ id: 3, text: "b" });
  });

  it("is not doubled when a reconnect brings its beginning again", async () => {
    open();
    socket().says({ type: "Delta", turn: 2, text: "Good." });
    socket().cut();
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    socket().welcome(2);
    socket().says({ type: "Delta", turn: 2, text: "Good." });
    expect(seen().turn?.text).toBe("Good.");
  });
});

describe("the link", () => {
  it("waits longer after each failure, up to a limit", async () => {
    open();
    const pauses: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const before = sockets.length;
      socket().cut();
      let waited = 0;
      while (sockets.length === before) {
        await vi.advanceTimersByTimeAsync(100);
        waited += 100;
      }
      pauses.push(waited);
    }
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  it("comes back at once when a server that it had reached restarts, and not when one turns it away", async () => {
    open();
    socket().cut(1012);
    await vi.advanceTimersByTimeAsync(0);
    expect(sockets).toHaveLength(2);
    socket().cut(1012);
    await vi.advanceTimersByTimeAsync(400);
    expect(sockets).toHaveLength(2);
  });

  it("wakes at once when the network does", () => {
    open();
    socket().cut();
    expect(seen().connection).toBe("waiting");
    store.wake();
    expect(sockets).toHaveLength(2);
  });

  it("asks a silent peer for a sign of life and leaves it when none comes", async () => {
    open();
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(socket().sent).toEqual(['{"type":"Ping"}']);
    socket().says({ type: "Pong", now: new Date().toISOString() });
    await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS);
    expect(seen().connection).toBe("live");
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(seen().connection).toBe("waiting");
    expect(sockets[0]?.closed).toBe(true);
  });

  it("renews the login and comes back, or gives up when there is none", async () => {
    open();
    socket().cut(4401);
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    expect(sockets).toHaveLength(2);
    renewLogin.mockResolvedValue(false);
    socket().cut(4401);
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    expect(seen().connection).toBe("signed_out");
    expect(sockets).toHaveLength(2);
  });

  it("keeps trying when the login could not be asked about", async () => {
    open();
    renewLogin.mockRejectedValue(new Error("unreachable"));
    socket().cut(4401);
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    expect(sockets).toHaveLength(2);
  });

  it("does not look again for a session that is not there", async () => {
    store.start();
    socket().cut(4404);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen().connection).toBe("not_found");
    expect(sockets).toHaveLength(1);
  });
});

describe("the end", () => {
  it("takes no more keystrokes and drops what was half said", () => {
    open();
    socket().says({ type: "Delta", turn: 2, text: "And" });
    socket().happened(entry(3, { type: "SessionCompleted" }));
    expect(seen().turn).toBeNull();
    store.desk.typed("notes", "too late");
    expect(store.desk.doc("notes").text).toBe("");
  });
});

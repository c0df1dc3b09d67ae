import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeRoom, STARTED_AT } from "./fake-room";
import { ANSWER_WITHIN_MS, BACKOFF_FIRST_MS, QUIET_MS } from "./link";

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

describe("the link", () => {
  it("waits longer after each failure, up to a limit", async () => {
    room.open();
    const pauses: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const before = room.sockets.length;
      room.socket.cut();
      let waited = 0;
      while (room.sockets.length === before) {
        await vi.advanceTimersByTimeAsync(100);
        waited += 100;
      }
      pauses.push(waited);
    }
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  it("comes back at once when a server that it had reached restarts, and not when one turns it away", async () => {
    room.open();
    room.socket.cut(1012);
    await vi.advanceTimersByTimeAsync(0);
    expect(room.sockets).toHaveLength(2);
    room.socket.cut(1012);
    await vi.advanceTimersByTimeAsync(400);
    expect(room.sockets).toHaveLength(2);
  });

  it("wakes at once when the network does", () => {
    room.open();
    room.socket.cut();
    expect(room.seen.connection).toBe("waiting");
    room.store.wake();
    expect(room.sockets).toHaveLength(2);
  });

  it("asks a silent peer for a sign of life and leaves it when none comes", async () => {
    room.open();
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(room.socket.sent).toEqual(['{"type":"Ping"}']);
    room.socket.says({ type: "Pong", now: new Date().toISOString() });
    await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS);
    expect(room.seen.connection).toBe("live");
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(room.seen.connection).toBe("waiting");
    expect(room.sockets[0]?.closed).toBe(true);
  });

  it("renews the login and comes back, or gives up when there is none", async () => {
    room.open();
    room.socket.cut(4401);
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    expect(room.sockets).toHaveLength(2);
    room.renewLogin = async () => false;
    room.socket.cut(4401);
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    expect(room.seen.connection).toBe("signed_out");
    expect(room.sockets).toHaveLength(2);
  });

  it("keeps trying when the login could not be asked about", async () => {
    room.open();
    room.renewLogin = () => Promise.reject(new Error("unreachable"));
    room.socket.cut(4401);
    await vi.advanceTimersByTimeAsync(BACKOFF_FIRST_MS);
    expect(room.sockets).toHaveLength(2);
  });

  it("does not look again for a session that is not there", async () => {
    room.store.start();
    room.socket.cut(4404);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(room.seen.connection).toBe("not_found");
    expect(room.sockets).toHaveLength(1);
  });
});

import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeRoom, STARTED_AT } from "./fake-room";
import { entry } from "./fake-socket";
import { OutputPanel } from "./output-panel";
import type { SessionDetail } from "./protocol";
import { RoomContext } from "./room-context";
import { useRoomView } from "./use-room";
import { useRuns } from "./use-runs";

const session = { id: "s", problem: { visible_tests: [] } } as unknown as SessionDetail;
const RUN = "11111111-1111-4111-8111-111111111111";
let room: FakeRoom;

function Panel() {
  const view = useRoomView(room.store);
  const runs = useRuns("s", room.store, view);
  return (
    <RoomContext value={{ store: room.store, view, session, runs }}>
      <OutputPanel />
    </RoomContext>
  );
}

function queued(ahead: number, run_id = RUN): void {
  act(() => room.socket.says({ type: "Queued", run_id, ahead }));
}

function status(): string | null {
  return screen.queryByRole("status")?.textContent ?? null;
}

beforeEach(() => {
  vi.useFakeTimers({ now: STARTED_AT });
  window.localStorage.clear();
  room = new FakeRoom();
  room.open();
  room.socket.happened(
    entry(3, { type: "CodeRunAsked", run_id: RUN, kind: "script", language: "python", source: "1", stdin: "" }),
  );
  render(<Panel />);
});

afterEach(() => {
  cleanup();
  room.store.stop();
  vi.useRealTimers();
});

it("says how many runs go first, and that it runs once none does", () => {
  expect(status()).toBe("Running");
  queued(3);
  expect(status()).toBe("Waiting: 3 runs before yours");
  queued(1);
  expect(status()).toBe("Waiting: 1 run before yours");
  queued(0);
  expect(status()).toBe("Running");
});

it("takes no notice of another run's place", () => {
  queued(2, "22222222-2222-4222-8222-222222222222");
  expect(status()).toBe("Running");
});

it("forgets the place when the run is over, and when the link was cut", () => {
  queued(2);
  act(() => room.socket.welcome(3));
  expect(status()).toBe("Running");
  queued(2);
  act(() => room.socket.happened(entry(4, { type: "RunLost", run_id: RUN, reason: "no runner" })));
  expect(status()).toBeNull();
  expect(screen.getByRole("alert").textContent).toContain("This is our fault");
});

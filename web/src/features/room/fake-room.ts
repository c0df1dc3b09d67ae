/** A room with the other end of its sockets in the test's hand. */
import { entry, FakeSocket } from "./fake-socket";
import type { SessionEvent } from "./fold";
import { RoomStore } from "./room-store";

const segments = [
  { id: "plan", title: "Plan", purpose: "", stages: ["plan" as const], minutes: 5, min_minutes: 1, max_minutes: 9 },
];
export const created: SessionEvent = {
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
export const started: SessionEvent = {
  type: "SessionStarted",
  schedule: [{ segment_id: "plan", starts_at: "2026-01-01T10:00:02Z", ends_at: inAnHour }],
  deadline_at: inAnHour,
};
export const STARTED_AT = Date.parse("2026-01-01T10:00:02Z");

export class FakeRoom {
  readonly sockets: FakeSocket[] = [];
  renewLogin: () => Promise<boolean> = async () => true;
  readonly store = new RoomStore({
    sessionId: "s",
    starter: { python: "# here" },
    openSocket: (address) => {
      this.sockets.push(new FakeSocket(address));
      return this.socket;
    },
    renewLogin: () => this.renewLogin(),
    random: () => 1,
  });

  get socket(): FakeSocket {
    return this.sockets.at(-1)!;
  }

  get seen() {
    return this.store.snapshot();
  }

  /** Joined, and the interview under way. */
  open(): void {
    this.store.start();
    this.socket.welcome(2);
    this.socket.happened(entry(1, created), entry(2, started));
  }
}

/** A socket that a test holds the other end of. */
import type { Socket } from "./link";
import type { Command, Notice } from "./protocol";
import type { Entry, SessionEvent } from "./fold";

export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: string[] = [];
  closed = false;

  constructor(readonly address: string) {}

  send(frame: string): void {
    this.sent.push(frame);
  }

  close(): void {
    this.closed = true;
  }

  /** The commands that came over this socket, without pings. */
  get commands(): Command[] {
    return this.sent.map((frame) => JSON.parse(frame) as Command).filter(({ type }) => (type as string) !== "Ping");
  }

  /** The server says something. */
  says(notice: Notice): void {
    this.onmessage?.({ data: JSON.stringify(notice) });
  }

  /** The server, or the network, ends the connection. */
  cut(code = 1006): void {
    this.onclose?.({ code });
  }

  welcome(lastSeq: number, now = new Date().toISOString()): void {
    this.says({ type: "Welcome", session_id: "s", last_seq: lastSeq, now });
  }

  happened(...entries: Entry[]): void {
    this.says({ type: "Happened", entries });
  }
}

export function entry(seq: number, event: SessionEvent, clientId: string | null = null): Entry {
  return { seq, at: new Date(Date.UTC(2026, 0, 1, 10, 0, seq)).toISOString(), client_id: clientId, event };
}

/**
 * The socket of a room, kept open: comes back after a cut with full jitter, wakes when the network or the tab does,
 * and closes a link that no longer answers. Knows frames, not what they mean.
 */
import { CLOSE_NOT_FOUND, CLOSE_NOT_SIGNED_IN, CLOSE_RESTARTING, CLOSE_TOO_SLOW } from "./protocol";

export type Socket = {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send: (frame: string) => void;
  close: () => void;
};

/** `waiting`: cut off, and trying again. `signed_out` and `not_found` are final. */
export type Connection = "connecting" | "live" | "waiting" | "signed_out" | "not_found";

export type LinkOptions = {
  address: () => string;
  open: (address: string) => Socket;
  /** Whether the login could be renewed; throws when the server cannot be reached. */
  renewLogin: () => Promise<boolean>;
  onFrame: (text: string) => void;
  onConnection: (connection: Connection) => void;
  random?: () => number;
};

export const BACKOFF_FIRST_MS = 500;
export const BACKOFF_MOST_MS = 15_000;
/** A link on which nothing came for this long is asked for a sign of life. */
export const QUIET_MS = 12_000;
export const ANSWER_WITHIN_MS = 6_000;
/** A connection attempt that hangs, as they do when a laptop wakes on another network. */
export const OPEN_WITHIN_MS = 10_000;

const PING = JSON.stringify({ type: "Ping" });

export class Link {
  private socket: Socket | null = null;
  private connection: Connection = "connecting";
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(private readonly options: LinkOptions) {}

  start(): void {
    this.stopped = false;
    this.connect();
  }

  /** For good; nothing is called afterwards. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.retry);
    this.drop();
  }

  /** Sends a frame if the link is live; says whether it did. */
  send(frame: string): boolean {
    if (this.connection !== "live" || !this.socket) return false;
    this.socket.send(frame);
    return true;
  }

  /** The peer has said who it is: the link is good, and the next cut starts with a short pause again. */
  settled(): void {
    this.failures = 0;
    this.become("live");
  }

  /** Something woke up. Tries at once when cut off, and otherwise looks whether the link still answers. */
  wake(): void {
    if (this.stopped) return;
    if (this.connection === "waiting") {
      this.connect();
    } else if (this.connection === "live") {
      this.askForLife(ANSWER_WITHIN_MS / 2);
    }
  }

  /** Begins anew on a fresh socket, now. */
  restart(): void {
    this.connect();
  }

  private connect(): void {
    clearTimeout(this.retry);
    this.drop();
    if (this.stopped) return;
    if (this.failures === 0) this.become("connecting");
    const socket = this.options.open(this.options.address());
    this.socket = socket;
    this.expectWithin(OPEN_WITHIN_MS);
    socket.onmessage = ({ data }) => {
      if (typeof data !== "string") return;
      this.watchForSilence();
      this.options.onFrame(data);
    };
    socket.onclose = ({ code }) => void this.closed(code);
  }

  private drop(): void {
    clearTimeout(this.watch);
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private async closed(code: number): Promise<void> {
    const settled = this.connection === "live";
    this.drop();
    if (code === CLOSE_NOT_FOUND) return this.become("not_found");
    if (code === CLOSE_NOT_SIGNED_IN && !(await this.canRenew())) return this.become("signed_out");
    if (this.stopped) return;
    // Asked to come back by a server that knew us. One that turns us away at the door gets a pause.
    const atOnce = settled && (code === CLOSE_TOO_SLOW || code === CLOSE_RESTARTING);
    this.comeBackIn(atOnce ? 0 : this.pauseMs());
  }

  private async canRenew(): Promise<boolean> {
    this.become("waiting");
    try {
      return await this.options.renewLogin();
    } catch {
      return true; // Not refused, only out of reach: try again later.
    }
  }

  private comeBackIn(pauseMs: number): void {
    this.failures += 1;
    this.become("waiting");
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), pauseMs);
  }

  private pauseMs(): number {
    const most = Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** this.failures);
    return (this.options.random ?? Math.random)() * most;
  }

  private watchForSilence(): void {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.askForLife(ANSWER_WITHIN_MS), QUIET_MS);
  }

  private askForLife(withinMs: number): void {
    this.socket?.send(PING);
    this.expectWithin(withinMs);
  }

  private expectWithin(ms: number): void {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => {
      this.drop();
      this.comeBackIn(this.pauseMs());
    }, ms);
  }

  private become(connection: Connection): void {
    if (this.connection === connection) return;
    this.connection = connection;
    this.options.onConnection(connection);
  }
}

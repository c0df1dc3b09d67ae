/**
 * One room as this tab knows it: the folded log, the turn in progress, the commands not yet answered, the link.
 *
 * Every command is kept until its entry or its refusal is seen, and sent again with the same id after a reconnect;
 * so nothing is lost and nothing doubled. The Python counterpart is `mockloop/client.py`.
 */
import { Desk } from "./desk";
import { Drafts, type Legacy } from "./drafts";
import { apply, EMPTY, type Entry, hasEnded, type Language, type SessionState } from "./fold";
import { Link, type Connection, type LinkOptions, type Socket } from "./link";
import { newId } from "./new-id";
import type { Command, EditFile, Notice, Refused, Wanted } from "./protocol";

export type Pending = { command: Command; refused: Refused | null };

type RefusalListener = (refused: Refused, command: Command) => void;

export type RoomView = {
  connection: Connection;
  /** True once everything that had happened before this tab came is here. */
  ready: boolean;
  state: SessionState;
  entries: readonly Entry[];
  /** What the interviewer is saying and has not finished. */
  turn: { id: number; text: string } | null;
  /** Runs that wait for their turn, and how many runs of others go first. */
  queued: Readonly<Record<string, number>>;
  pending: readonly Pending[];
  /** Server time minus our own. */
  clockOffsetMs: number;
  /** Grows with every change of a file; the files themselves are on the desk. */
  deskVersion: number;
};

export type RoomOptions = {
  sessionId: string;
  starter: Partial<Record<Language, string>>;
  openSocket: (address: string) => Socket;
  renewLogin: LinkOptions["renewLogin"];
  random?: () => number;
};

export class RoomStore {
  readonly desk: Desk;
  private readonly link: Link;
  private readonly drafts: Drafts;
  private readonly listeners = new Set<() => void>();
  private readonly refusalListeners = new Set<RefusalListener>();
  private readonly unseen = new Map<string, Pending>();
  private welcomeSeq: number | null = null;
  private view: RoomView = {
    connection: "connecting",
    ready: false,
    state: EMPTY,
    entries: [],
    turn: null,
    queued: {},
    pending: [],
    clockOffsetMs: 0,
    deskVersion: 0,
  };

  constructor(private readonly options: RoomOptions) {
    this.drafts = new Drafts(options.sessionId, newId());
    this.desk = new Desk({
      starter: options.starter,
      drafts: this.drafts,
      send: (edit) => this.send(edit),
      remainingMs: () => this.remainingMs(),
      changed: () => this.change({ deskVersion: this.view.deskVersion + 1 }),
    });
    this.link = new Link({
      address: () => `/ws/${options.sessionId}?after=${this.view.state.last_seq}`,
      open: options.openSocket,
      renewLogin: options.renewLogin,
      onFrame: (text) => this.take(JSON.parse(text) as Notice),
      onConnection: (connection) => this.change({ connection }),
      random: options.random,
    });
  }

  snapshot = (): RoomView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Told of every refusal, for those that no part of the screen shows by itself. */
  listenToRefusals(listener: RefusalListener): () => void {
    this.refusalListeners.add(listener);
    return () => this.refusalListeners.delete(listener);
  }

  start(): void {
    this.drafts.open();
    this.link.start();
  }

  stop(): void {
    this.desk.saveNow();
    this.link.stop();
    this.drafts.close();
  }

  wake = (): void => this.link.wake();

  /** Sends a command, now or as soon as the link is back; its id. */
  send(wanted: Wanted | Omit<EditFile, "client_id">): string {
    const command = { ...wanted, client_id: newId() } as Command;
    this.unseen.set(command.client_id, { command, refused: null });
    this.link.send(JSON.stringify(command));
    this.pendingChanged();
    return command.client_id;
  }

  /** Forget a command that was refused. */
  dismiss(clientId: string): void {
    this.unseen.delete(clientId);
    this.pendingChanged();
  }

  serverNow(): number {
    return Date.now() + this.view.clockOffsetMs;
  }

  remainingMs(): number {
    const { deadline_at } = this.view.state;
    return deadline_at ? Date.parse(deadline_at) - this.serverNow() : Infinity;
  }

  /** Resolves when all files are saved, or cannot be within `ms`. */
  async saved(ms: number): Promise<void> {
    this.desk.saveNow();
    const until = Date.now() + ms;
    while (this.desk.hasUnsaved && Date.now() < until) await new Promise((done) => setTimeout(done, 25));
  }

  private take(notice: Notice): void {
    switch (notice.type) {
      case "Welcome":
        return this.welcomed(notice.last_seq, notice.now);
      case "Happened":
        return this.happened(notice.entries);
      case "Thinking":
        return this.change({ turn: { id: notice.turn, text: "" } });
      case "Delta": {
        const before = this.view.turn?.id === notice.turn ? this.view.turn.text : "";
        return this.change({ turn: { id: notice.turn, text: before + notice.text } });
      }
      case "Reset":
        return this.change({ turn: null });
      case "Queued":
        return this.change({ queued: { ...this.view.queued, [notice.run_id]: notice.ahead } });
      case "Refused":
        return this.refused(notice);
      case "Pong":
        return this.setClock(notice.now);
    }
  }

  private welcomed(lastSeq: number, now: string): void {
    this.welcomeSeq = lastSeq;
    this.setClock(now);
    this.change({ turn: null, queued: {} });
    this.link.settled();
    for (const { command, refused } of this.unseen.values()) {
      if (!refused) this.link.send(JSON.stringify(command));
    }
    this.becomeReady();
    if (this.view.ready) this.desk.saveNow();
  }

  private happened(entries: readonly Entry[]): void {
    const fresh: Entry[] = [];
    let { state, turn } = this.view;
    for (const entry of entries) {
      if (entry.client_id) this.unseen.delete(entry.client_id);
      if (entry.seq <= state.last_seq) continue;
      // A hole means that something on the way was lost: what is missing comes with the next welcome.
      if (entry.seq !== state.last_seq + 1) return this.link.restart();
      state = apply(state, entry);
      fresh.push(entry);
      if (entry.event.type === "InterviewerSaid" || entry.event.type === "InterviewerPassed") turn = null;
    }
    if (hasEnded(state)) turn = null;
    this.view = { ...this.view, state, turn, entries: fresh.length ? [...this.view.entries, ...fresh] : this.view.entries };
    for (const entry of fresh) this.desk.seen(entry, state.language);
    if (hasEnded(state) && !this.desk.closed) this.desk.close();
    this.becomeReady();
    this.pendingChanged();
  }

  private becomeReady(): void {
    if (this.view.ready || this.welcomeSeq === null || this.view.state.last_seq < this.welcomeSeq) return;
    this.change({ ready: true });
    void this.drafts.inherit().then((legacy) => this.takeOver(legacy));
  }

  /** Goes on where a page that is gone stopped. The ids are the old ones: what had arrived is not said twice. */
  private takeOver({ drafts, commands }: Legacy): void {
    this.desk.restore(drafts);
    if (hasEnded(this.view.state)) return;
    for (const command of commands) {
      this.unseen.set(command.client_id, { command, refused: null });
      this.link.send(JSON.stringify(command));
    }
    this.pendingChanged();
  }

  private refused(refused: Refused): void {
    const id = refused.client_id;
    const pending = id ? this.unseen.get(id) : undefined;
    if (!id || !pending) return;
    // A message that was refused stays on the screen with the reason; everything else is said by its own place.
    if (pending.command.type === "Say") this.unseen.set(id, { ...pending, refused });
    else this.unseen.delete(id);
    this.desk.refused(refused);
    this.pendingChanged();
    for (const listener of this.refusalListeners) listener(refused, pending.command);
  }

  private setClock(now: string): void {
    this.change({ clockOffsetMs: Date.parse(now) - Date.now() });
  }

  private pendingChanged(): void {
    const waiting = [...this.unseen.values()].filter(({ command, refused }) => command.type !== "EditFile" && !refused);
    this.drafts.keepCommands(waiting.map(({ command }) => command));
    this.change({ pending: [...this.unseen.values()] });
  }

  private change(part: Partial<RoomView>): void {
    this.view = { ...this.view, ...part };
    for (const listener of this.listeners) listener();
  }
}

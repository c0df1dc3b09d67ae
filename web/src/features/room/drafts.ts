/**
 * What the server does not have yet, kept in this browser so that a tab which dies loses no keystroke and no message.
 *
 * Each open page writes under a name of its own and holds a lock by that name. A page that opens later takes over
 * what was left by pages that are gone, and leaves alone that of a tab that still lives.
 */
import { DRAFT_PREFIX as PREFIX } from "@/lib/drafts-storage";
import type { Command } from "./protocol";

export type Draft = { text: string; baseSeq: number };
export type Legacy = { drafts: Map<string, Draft>; commands: Command[] };

const COMMANDS = "commands";

function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

async function livingPages(): Promise<Set<string>> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return new Set();
  const { held } = await locks.query();
  return new Set((held ?? []).flatMap(({ name }) => (name ? [name] : [])));
}

export class Drafts {
  private readonly page: string;
  private release: (() => void) | null = null;

  constructor(
    private readonly sessionId: string,
    pageId: string,
  ) {
    this.page = `${PREFIX}.${sessionId}.${pageId}`;
  }

  /** Marks this page as living. */
  open(): void {
    const locks = globalThis.navigator?.locks;
    void locks?.request(this.page, () => new Promise<void>((resolve) => (this.release = resolve)))?.catch(() => {});
  }

  close(): void {
    this.release?.();
    this.release = null;
  }

  keep(doc: string, draft: Draft): void {
    this.write(doc, draft);
  }

  drop(doc: string): void {
    storage()?.removeItem(`${this.page}|${doc}`);
  }

  /** The commands that are not yet answered; edits are not among them, their text is a draft. */
  keepCommands(commands: readonly Command[]): void {
    if (commands.length) this.write(COMMANDS, commands);
    else this.drop(COMMANDS);
  }

  /** What pages of this session left that are gone. It is this page's from now on. */
  async inherit(): Promise<Legacy> {
    const store = storage();
    const legacy: Legacy = { drafts: new Map(), commands: [] };
    if (!store) return legacy;
    const living = await livingPages();
    const mine = `${PREFIX}.${this.sessionId}.`;
    for (const key of Object.keys(store).filter((name) => name.startsWith(mine))) {
      const [page = "", name = ""] = key.split("|");
      if (page === this.page || living.has(page)) continue;
      const left = parsed(store.getItem(key));
      if (name === COMMANDS && Array.isArray(left)) legacy.commands.push(...(left as Command[]));
      else if (isDraft(left)) legacy.drafts.set(name, left);
      store.removeItem(key);
    }
    return legacy;
  }

  private write(name: string, left: Draft | readonly Command[]): void {
    try {
      storage()?.setItem(`${this.page}|${name}`, JSON.stringify(left));
    } catch {
      // Full or forbidden storage: the server's copy, at most seconds older, remains.
    }
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

function isDraft(left: unknown): left is Draft {
  const draft = left as Partial<Draft> | null;
  return typeof draft?.text === "string" && typeof draft.baseSeq === "number";
}

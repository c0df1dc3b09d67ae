/**
 * Text that the server does not have yet, kept in this browser so that a tab which dies loses no keystroke.
 *
 * Each open page writes under a name of its own and holds a lock by that name. A page that opens later takes over
 * the drafts whose page is gone, and leaves alone those of a tab that still lives.
 */
export type Draft = { text: string; baseSeq: number };

const PREFIX = "mockloop.draft";

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
    try {
      storage()?.setItem(`${this.page}|${doc}`, JSON.stringify(draft));
    } catch {
      // Full or forbidden storage: the server copy, at most seconds older, remains.
    }
  }

  drop(doc: string): void {
    storage()?.removeItem(`${this.page}|${doc}`);
  }

  /** The drafts of pages of this session that are gone, by document. They are this page's from now on. */
  async inherit(): Promise<Map<string, Draft>> {
    const store = storage();
    const found = new Map<string, Draft>();
    if (!store) return found;
    const living = await livingPages();
    const mine = `${PREFIX}.${this.sessionId}.`;
    for (const key of Object.keys(store).filter((name) => name.startsWith(mine))) {
      const [page = "", doc = ""] = key.split("|");
      if (page === this.page || living.has(page)) continue;
      const draft = parsed(store.getItem(key));
      if (draft) found.set(doc, draft);
      store.removeItem(key);
    }
    return found;
  }
}

function parsed(text: string | null): Draft | null {
  try {
    const draft = JSON.parse(text ?? "null") as Partial<Draft> | null;
    return typeof draft?.text === "string" && typeof draft.baseSeq === "number"
      ? { text: draft.text, baseSeq: draft.baseSeq }
      : null;
  } catch {
    return null;
  }
}

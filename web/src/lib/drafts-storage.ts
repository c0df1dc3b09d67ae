/** The names under which unsaved words are kept in this browser, so that signing out can remove them all. */
export const DRAFT_PREFIX = "mockloop.draft";

/** Removes every draft from this browser: the next person at it must not find them. */
export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(window.localStorage)) {
      if (key.startsWith(DRAFT_PREFIX)) window.localStorage.removeItem(key);
    }
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

import { useEffect, useSyncExternalStore } from "react";
import type { RunKind } from "./protocol";
import type { RoomStore } from "./room-store";

/** Control (or Command) with Enter runs the code, with Shift the tests, and with S saves; in the chat, Enter sends. */
export function useShortcuts(run: (kind: RunKind) => void, store: RoomStore) {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const inChat = event.target instanceof Element && event.target.closest("[data-composer]");
      if (event.key === "Enter" && !inChat) run(event.shiftKey ? "tests" : "script");
      else if (event.key === "s" && !event.shiftKey) store.desk.saveNow();
      else return;
      // Before the editor sees it, which would break the line.
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", pressed, { capture: true });
    return () => window.removeEventListener("keydown", pressed, { capture: true });
  }, [run, store]);
}

/** What the key beside the space bar is called here. */
export function useCommandKey(): string {
  const mac = useSyncExternalStore(
    () => () => {},
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );
  return mac ? "⌘" : "Ctrl";
}

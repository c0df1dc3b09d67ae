import { useCallback, useSyncExternalStore } from "react";

const changed = new EventTarget();

function read(key: string): boolean {
  try {
    return window.localStorage.getItem(key) === "1";
  } catch {
    return false;
  }
}

function subscribe(notify: () => void) {
  changed.addEventListener("change", notify);
  window.addEventListener("storage", notify);
  return () => {
    changed.removeEventListener("change", notify);
    window.removeEventListener("storage", notify);
  };
}

/** A yes or no that this browser remembers; no while prerendering, and where storage is forbidden. */
export function useStoredFlag(key: string): [boolean, (value: boolean) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => false,
  );
  const write = useCallback(
    (next: boolean) => {
      try {
        window.localStorage.setItem(key, next ? "1" : "0");
      } catch {
        return; // Forbidden storage: the flag stays as it is.
      }
      changed.dispatchEvent(new Event("change"));
    },
    [key],
  );
  return [value, write];
}

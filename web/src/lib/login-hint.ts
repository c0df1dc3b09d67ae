/**
 * Whether this browser was signed in when it last knew. The cookies are out of a script's reach, and public pages
 * should not ask the server; so they word their links by this hint, and nothing else relies on it.
 */
import { useSyncExternalStore } from "react";

const KEY = "mockloop.signed-in";

function write(change: (store: Storage) => void) {
  try {
    change(window.localStorage);
  } catch {
    // Storage may be forbidden; the hint is then simply absent.
  }
}

export const rememberLogin = () => write((store) => store.setItem(KEY, "1"));
export const forgetLogin = () => write((store) => store.removeItem(KEY));

function read(): boolean {
  try {
    return window.localStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}

function subscribe(changed: () => void) {
  window.addEventListener("storage", changed);
  return () => window.removeEventListener("storage", changed);
}

export function useLoginHint(): boolean {
  return useSyncExternalStore(subscribe, read, () => false);
}

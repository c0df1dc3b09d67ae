import { useState } from "react";

function read(key: string): string {
  try {
    return window.sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** A text that survives a reload of this tab. Only for components that are never prerendered. */
export function useKeptText(key: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => read(key));
  function change(next: string) {
    setText(next);
    try {
      if (next) window.sessionStorage.setItem(key, next);
      else window.sessionStorage.removeItem(key);
    } catch {
      // Forbidden or full storage: the text is only on the screen.
    }
  }
  return [text, change];
}

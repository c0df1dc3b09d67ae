import { useSyncExternalStore } from "react";

/** The time, rounded down to `stepMs`, kept up to date; 0 while prerendering. */
export function useNow(stepMs: number): number {
  return useSyncExternalStore(
    (changed) => {
      const timer = window.setInterval(changed, Math.min(stepMs, 1000));
      return () => window.clearInterval(timer);
    },
    () => Math.floor(Date.now() / stepMs) * stepMs,
    () => 0,
  );
}

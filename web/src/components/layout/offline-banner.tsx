"use client";

import { WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";

function subscribe(changed: () => void) {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}

/** True when the browser itself says that there is no network. */
export function useOffline(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => !navigator.onLine,
    () => false,
  );
}

export function OfflineBanner() {
  const offline = useOffline();
  return (
    <div role="status" className="sticky top-0 z-40">
      {offline && (
        <p className="flex items-center justify-center gap-2 bg-caution-soft px-4 py-2 text-sm text-caution">
          <WifiOff className="size-4 shrink-0" aria-hidden />
          You are offline. What is on the screen may be old; nothing you typed is lost.
        </p>
      )}
    </div>
  );
}

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
    // Over the page and not in it: screens that fill the window would be pushed out of it.
    <div role="status" className="pointer-events-none fixed inset-x-4 bottom-20 z-50 flex justify-center lg:bottom-6">
      {offline && (
        <p className="flex items-center gap-2 rounded-full border border-caution bg-caution-soft px-4 py-1.5 text-sm text-caution shadow-lg">
          <WifiOff className="size-4 shrink-0" aria-hidden />
          You are offline. What you see may be old.
        </p>
      )}
    </div>
  );
}

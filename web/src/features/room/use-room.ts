import { useEffect, useState, useSyncExternalStore } from "react";
import type { Socket } from "./link";
import { RoomStore, type RoomView } from "./room-store";
import type { SessionDetail } from "./protocol";
import { answer, api } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";

function openSocket(address: string): Socket {
  const url = new URL(address, window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(url) as unknown as Socket;
}

/** Any request renews the login by itself; this one costs least. */
async function renewLogin(): Promise<boolean> {
  try {
    await answer(api.GET("/api/users/me"));
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return false;
    throw error;
  }
}

/** The room of a session, joined as long as the component that asks is on the screen. */
export function useRoomStore(session: SessionDetail): RoomStore {
  const [store] = useState(
    () => new RoomStore({ sessionId: session.id, starter: session.problem.starter, openSocket, renewLogin }),
  );
  useEffect(() => {
    store.start();
    return () => store.stop();
  }, [store]);
  useWakeUps(store);
  return store;
}

export function useRoomView(store: RoomStore): RoomView {
  return useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
}

function useWakeUps(store: RoomStore) {
  useEffect(() => {
    const shown = () => {
      if (document.visibilityState === "visible") store.wake();
      else store.desk.saveNow();
    };
    const leave = (event: BeforeUnloadEvent) => {
      store.desk.saveNow();
      if (store.desk.hasUnsaved && !store.desk.closed) event.preventDefault();
    };
    window.addEventListener("online", store.wake);
    window.addEventListener("pageshow", store.wake);
    window.addEventListener("beforeunload", leave);
    document.addEventListener("visibilitychange", shown);
    return () => {
      window.removeEventListener("online", store.wake);
      window.removeEventListener("pageshow", store.wake);
      window.removeEventListener("beforeunload", leave);
      document.removeEventListener("visibilitychange", shown);
    };
  }, [store]);
}

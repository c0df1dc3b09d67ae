/** Starting and ending the session. What comes of it arrives over the socket. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RoomStore } from "./room-store";
import { answer, api } from "@/lib/api/client";
import { sessionsKey } from "@/lib/api/sessions";

const SAVE_WITHIN_MS = 1_500;

export function useSessionStart(sessionId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await answer(api.PATCH("/api/sessions/{session_id}/start", { params: { path: { session_id: sessionId } } }));
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionsKey }),
  });
}

/** Saves what is typed, then ends. */
export function useSessionEnd(sessionId: string, store: RoomStore) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await store.saved(SAVE_WITHIN_MS);
      await answer(api.PATCH("/api/sessions/{session_id}/end", { params: { path: { session_id: sessionId } } }));
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionsKey }),
  });
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Appeal } from "./scorecard-types";
import { answer, api } from "@/lib/api/client";
import { sessionsKey } from "@/lib/api/sessions";

const ASK_AGAIN_MS = 1_000;

const pathOf = (id: string) => ({ params: { path: { session_id: id } } });
const keyOf = (id: string) => ["appeals", id];

export const isWaiting = ({ status }: Pick<Appeal, "status">) => status === "waiting";

/** The objections to a session's marks. Asks again while one is being looked at, and then reads the scorecard anew. */
export function useAppeals(id: string) {
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: keyOf(id),
    queryFn: () => answer(api.GET("/api/sessions/{session_id}/appeals", pathOf(id))),
    refetchInterval: ({ state }) => (state.data?.appeals.some(isWaiting) ? ASK_AGAIN_MS : false),
  });
  const decided = query.data?.appeals.filter(({ status }) => status === "decided").length ?? null;
  const before = useRef<number | null>(null);
  useEffect(() => {
    if (before.current !== null && decided !== null && decided > before.current) {
      for (const queryKey of [["feedback", id], ["log", id], sessionsKey]) void cache.invalidateQueries({ queryKey });
    }
    if (decided !== null) before.current = decided;
  }, [decided, id, cache]);
  return query;
}

/** Objects to a mark. */
export function useObject(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { criterion: string; reason: string }) =>
      answer(api.POST("/api/sessions/{session_id}/appeals", { ...pathOf(id), body })),
    onSettled: () => cache.invalidateQueries({ queryKey: keyOf(id) }),
  });
}

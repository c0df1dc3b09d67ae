import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/lib/api/client";

const SHORTEST_MS = 1_000;
const LONGEST_MS = 5_000;
const GROWTH = 1.3;

const pathOf = (id: string) => ({ params: { path: { session_id: id } } });
const keyOf = (id: string) => ["written-feedback", id];

/** Milliseconds until it is asked for again, when it has been asked for so often. */
export function pauseAfter(times: number): number {
  return Math.min(LONGEST_MS, SHORTEST_MS * GROWTH ** Math.max(0, times - 1));
}

/** What a model wrote about a session. While it writes, it is asked for again: ever more rarely, never in a hidden tab. */
export function useWrittenFeedback(id: string) {
  const cache = useQueryClient();
  const times = () => {
    const state = cache.getQueryState(keyOf(id));
    return state ? state.dataUpdateCount + state.errorUpdateCount : 0;
  };
  const [before, setBefore] = useState(times);
  const query = useQuery({
    queryKey: keyOf(id),
    queryFn: () => answer(api.GET("/api/sessions/{session_id}/written-feedback", pathOf(id))),
    staleTime: ({ state }) => (state.data?.status === "ready" ? Infinity : 0),
    refetchInterval: ({ state }) =>
      state.data?.status === "waiting" && pauseAfter(state.dataUpdateCount + state.errorUpdateCount - before),
  });
  const ask = useMutation({
    mutationFn: () => answer(api.POST("/api/sessions/{session_id}/written-feedback", pathOf(id))),
    onSuccess: (feedback) => {
      setBefore(times());
      cache.setQueryData(keyOf(id), feedback);
    },
    // Refused, it may be on its way already: asked for in another tab.
    onError: () => cache.invalidateQueries({ queryKey: keyOf(id) }),
  });
  return { query, ask };
}

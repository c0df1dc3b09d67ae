/** The list of sessions, and starting one. What happens inside a session belongs to the room. */
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { NewSession, SessionSummary } from "./types";

export const SESSIONS_PER_PAGE = 12;
export const sessionsKey = ["sessions"] as const;

const MARKING_MS = 60_000;
const ASK_AGAIN_MS = 4000;

/** Whether one of them has only just ended and has no mark yet: it will have one in a moment. */
export function markIsComing(
  sessions: Pick<SessionSummary, "started_at" | "ended_at" | "overall">[],
  now = Date.now(),
): boolean {
  return sessions.some(
    ({ started_at, ended_at, overall }) =>
      started_at !== null && ended_at !== null && overall === null && now - Date.parse(ended_at) < MARKING_MS,
  );
}

/** Milliseconds until the list is asked for again: soon while a mark is coming, and when what is shown may be old. */
export function askAgainIn(error: unknown, sessions: Parameters<typeof markIsComing>[0]): number | false {
  if (error) return ASK_AGAIN_MS;
  return markIsComing(sessions) ? 1500 : false;
}

/** Newest first. */
export function useSessions() {
  return useInfiniteQuery({
    queryKey: sessionsKey,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/sessions", {
          params: { query: { limit: SESSIONS_PER_PAGE, ...(pageParam ? { before: pageParam } : {}) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_before ?? null,
    staleTime: 0,
    refetchInterval: ({ state }) => askAgainIn(state.error, state.data?.pages.flatMap((page) => page.sessions) ?? []),
    select: ({ pages }) => pages.flatMap((page) => page.sessions),
  });
}

export function useStartSession() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (body: NewSession): Promise<SessionSummary> => await answer(api.POST("/api/sessions", { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionsKey }),
  });
}

/** Where a session is continued, or read once it is over. */
export function sessionAddress(session: Pick<SessionSummary, "id" | "status">): string {
  const over = session.status === "completed" || session.status === "expired";
  return over ? `/scorecard?id=${session.id}` : `/room?id=${session.id}`;
}

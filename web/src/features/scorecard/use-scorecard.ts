import { useQuery } from "@tanstack/react-query";
import type { Entry, Scorecard } from "./scorecard-types";
import { answer, api } from "@/lib/api/client";
import { ApiError, isCode } from "@/lib/api/errors";

const ASK_AGAIN_MS = 1_000;
const PER_PAGE = 500;

const pathOf = (id: string) => ({ params: { path: { session_id: id } } });

export function useSession(id: string) {
  return useQuery({
    queryKey: ["session", id],
    queryFn: () => answer(api.GET("/api/sessions/{session_id}", pathOf(id))),
    enabled: id !== "",
  });
}

/** Asks again while the scorecard is being made. */
export function useFeedback(id: string) {
  return useQuery({
    queryKey: ["feedback", id],
    // The client's types forget that a pair of numbers is a pair.
    queryFn: async () => (await answer(api.GET("/api/sessions/{session_id}/feedback", pathOf(id)))) as Scorecard,
    enabled: id !== "",
    staleTime: Infinity,
    retry: (failures, error) => error instanceof ApiError && error.status === 0 && failures < 2,
    refetchInterval: ({ state }) => (isCode(state.error, "not_judged_yet") ? ASK_AGAIN_MS : false),
  });
}

async function allEntries(id: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const after = entries.at(-1)?.seq ?? 0;
    const page = await answer(
      api.GET("/api/sessions/{session_id}/events", {
        params: { path: { session_id: id }, query: { after, limit: PER_PAGE } },
      }),
    );
    entries.push(...page.entries);
    if (page.entries.length === 0 || (entries.at(-1)?.seq ?? 0) >= page.last_seq) return entries;
  }
}

/** The whole log of an ended session. */
export function useLog(id: string, ended: boolean) {
  return useQuery({
    queryKey: ["log", id],
    queryFn: () => allEntries(id),
    enabled: ended,
    staleTime: Infinity,
  });
}

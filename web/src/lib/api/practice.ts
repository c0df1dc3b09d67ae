/** What spaced repetition says is due. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import { endOfDay } from "@/lib/dates";

/** Due by the end of today, as this device counts days. */
export function useDueToday() {
  return useQuery({
    queryKey: ["due"],
    queryFn: () =>
      answer(api.GET("/api/practice/due", { params: { query: { before: endOfDay(new Date()).toISOString() } } })),
    staleTime: 0,
  });
}

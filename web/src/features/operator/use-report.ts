/** What everybody's calls to models used. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";
import type { components } from "@/lib/api/schema";

type Schemas = components["schemas"];

export type Report = Schemas["ModelsReport"];
export type DayUse = Schemas["DayUse"];
export type ModelUse = Schemas["ModelUse"];
export type UserUse = Schemas["UserUse"];
export type Spread = Schemas["Spread"];

/** `days`: how many back, today (UTC) included. The former range stays on the screen until the next one is there. */
export function useReport(days: number, wanted: boolean) {
  return useQuery({
    queryKey: ["operator-models", days],
    queryFn: () => answer(api.GET("/api/operator/models", { params: { query: { days } } })),
    enabled: wanted,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
}

/** What can be practised: formats, questions and company styles. They change with a release, hardly in between. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { Difficulty } from "./types";

const staleTime = 10 * 60_000;

export function useFormats() {
  return useQuery({
    queryKey: ["formats"],
    queryFn: async () => (await answer(api.GET("/api/formats"))).formats,
    staleTime,
  });
}

export function useQuestions(difficulty: Difficulty | null = null) {
  return useQuery({
    queryKey: ["questions", difficulty],
    queryFn: async () => {
      const query = difficulty ? { difficulty } : {};
      return (await answer(api.GET("/api/questions", { params: { query } }))).questions;
    },
    staleTime,
  });
}

export function useCompanyStyles() {
  return useQuery({
    queryKey: ["company-styles"],
    queryFn: async () => (await answer(api.GET("/api/company-styles"))).styles,
    staleTime,
  });
}

/** A user's models: providers, the choice among them, trials, and what was used. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";
import type { components } from "@/lib/api/schema";

type Schemas = components["schemas"];

export type ModelSettings = Schemas["ModelSettings"];
export type Provider = Schemas["ProviderView"];
export type ProviderForm = Schemas["ProviderForm"];
export type Trial = Schemas["Trial"];
export type Usage = Schemas["UsageView"];
export type UsagePeriod = Schemas["UsagePeriod"];

const modelsKey = ["models"] as const;
const usageKey = ["models-usage"] as const;

const pathOf = (id: string) => ({ params: { path: { provider_id: id } } });

export function useModels() {
  return useQuery({ queryKey: modelsKey, queryFn: () => answer(api.GET("/api/me/models")) });
}

export function useUsage() {
  return useQuery({ queryKey: usageKey, queryFn: () => answer(api.GET("/api/me/models/usage")), staleTime: 0 });
}

/** Saves a provider: a new one without an id. */
export function useSaveProvider() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id?: string; body: ProviderForm }): Promise<Provider> =>
      id
        ? answer(api.PUT("/api/me/models/providers/{provider_id}", { ...pathOf(id), body }))
        : answer(api.POST("/api/me/models/providers", { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: modelsKey }),
  });
}

export function useRemoveProvider() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/api/me/models/providers/{provider_id}", pathOf(id))),
    onSettled: () => cache.invalidateQueries({ queryKey: modelsKey }),
  });
}

/** Saves the order and the switch. The screen shows the choice at once, and the old one again when it fails. */
export function useChoose() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (choice: { built_in_only: boolean; order: string[] }) =>
      answer(api.PUT("/api/me/models", { body: choice })),
    onMutate: ({ built_in_only, order }) => {
      const before = cache.getQueryData<ModelSettings>(modelsKey);
      if (!before) return;
      const providers = [...before.providers].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
      cache.setQueryData(modelsKey, { ...before, built_in_only, providers });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: modelsKey }),
  });
}

/** One tiny call to a provider; it counts as use. */
export function useTrial() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string): Promise<Trial> =>
      answer(api.POST("/api/me/models/providers/{provider_id}/trial", pathOf(id))),
    onSettled: () => cache.invalidateQueries({ queryKey: usageKey }),
  });
}

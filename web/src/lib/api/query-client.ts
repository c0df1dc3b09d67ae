import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./errors";

/** Repeats what a repeat can mend: no answer, or a server that is busy. */
function worthRepeating(failures: number, error: Error): boolean {
  const passing = error instanceof ApiError && (error.status === 0 || error.status >= 502);
  return passing && failures < 2;
}

/** Where the signed-in user is kept; null is nobody. */
export const meKey = ["me"] as const;

function build(): QueryClient {
  // A login that has ended for good shows anywhere; forgetting the user leads to the login page and back.
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.status === 401) client.setQueryData(meKey, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: worthRepeating, networkMode: "always" },
      mutations: { networkMode: "always" },
    },
  });
  return client;
}

let inBrowser: QueryClient | null = null;

/** One cache for the whole visit; while prerendering, a new one for every page. */
export function queryClient(): QueryClient {
  if (typeof window === "undefined") return build();
  return (inBrowser ??= build());
}

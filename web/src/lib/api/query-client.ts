import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./errors";

/** Repeats what a repeat can mend: no answer, or a server that is busy. */
function worthRepeating(failures: number, error: Error): boolean {
  const passing = error instanceof ApiError && (error.status === 0 || error.status >= 502);
  return passing && failures < 2;
}

let inBrowser: QueryClient | null = null;

/** One cache for the whole visit; while prerendering, a new one for every page. */
export function queryClient(): QueryClient {
  const build = () =>
    new QueryClient({
      defaultOptions: {
        queries: { staleTime: 10_000, retry: worthRepeating, networkMode: "always" },
        mutations: { networkMode: "always" },
      },
    });
  if (typeof window === "undefined") return build();
  return (inBrowser ??= build());
}

/** Who is signed in: the query everything behind the login shares, and what signing in and out does to it. */
import { forgetDrafts } from "@/lib/drafts-storage";
import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { forgetLogin, rememberLogin } from "../login-hint";
import { answer, api } from "./client";
import { ApiError } from "./errors";
import { meKey } from "./query-client";
import type { User } from "./types";

export const meQuery = queryOptions({
  queryKey: meKey,
  queryFn: async (): Promise<User | null> => {
    try {
      return await answer(api.GET("/api/users/me"));
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
      forgetLogin();
      forgetDrafts();
      return null;
    }
  },
  staleTime: 5 * 60_000,
});

/** `data` is null when nobody is signed in. */
export function useMe() {
  return useQuery(meQuery);
}

/** Another user sees nothing of what the one before had loaded. */
function becomes(cache: QueryClient, user: User) {
  cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meKey[0] });
  cache.setQueryData(meKey, user);
}

export type Credentials = { username: string; password: string };

export function useLogin(kind: "login" | "create") {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (credentials: Credentials) => {
      const body = { ...credentials, client: "browser" as const };
      return kind === "login"
        ? await answer(api.POST("/api/users/login", { body }))
        : await answer(api.POST("/api/users/create", { body }));
    },
    onSuccess: ({ user }) => {
      becomes(cache, user);
      rememberLogin();
    },
  });
}

/** Ends with a fresh page load, so that nothing of the user stays in memory. */
export function useLogout() {
  return useMutation({
    mutationFn: async () => {
      await answer(api.POST("/api/users/logout"));
    },
    onSuccess: () => {
      forgetLogin();
      // eslint-disable-next-line @next/next/no-location-assign-relative-destination -- the load is the point
      window.location.assign("/");
    },
  });
}

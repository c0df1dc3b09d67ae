import createClient from "openapi-fetch";
import { errorFrom, unreachable } from "./errors";
import { fetchWithRefresh } from "./refresh";
import type { paths } from "./schema";

const send = fetchWithRefresh(async (request) => {
  try {
    return await fetch(request);
  } catch (cause) {
    throw Object.assign(unreachable(), { cause });
  }
});

/** The typed client: `await answer(api.GET("/api/sessions", { params: { query: { limit: 20 } } }))`. */
export const api = createClient<paths>({
  baseUrl: typeof window === "undefined" ? "" : window.location.origin,
  fetch: send,
});

type Outcome<T> = { data?: T; error?: unknown; response: Response };

/** The body of an answer; throws an `ApiError` when the request failed. */
export async function answer<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await outcome;
  if (!response.ok) throw errorFrom(response.status, error);
  return data as T;
}

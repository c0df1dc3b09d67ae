/**
 * Renews the login when its short-lived cookie has run out, once for all requests and tabs that notice it together.
 *
 * Refresh tokens rotate, and using an old one twice looks like theft to the server. So tabs take turns by a lock.
 */

const NEVER_RENEWED = ["/api/users/login", "/api/users/create", "/api/users/refresh", "/api/users/logout"];
const LOCK = "mockloop.refresh";

type Fetch = (input: Request) => Promise<Response>;

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const locks: LockManager | undefined = globalThis.navigator?.locks;
  return locks ? (locks.request(LOCK, work) as Promise<T>) : work();
}

/** `send`, with one renewal of the login and one repeat when the answer is 401. */
export function fetchWithRefresh(send: Fetch): Fetch {
  let renewal: Promise<boolean> | null = null;

  function renew(url: string): Promise<boolean> {
    renewal ??= inTurn(async () => {
      const answer = await send(new Request(new URL("/api/users/refresh", url), { method: "POST" }));
      return answer.ok;
    })
      .catch(() => false)
      .finally(() => {
        renewal = null;
      });
    return renewal;
  }

  return async (request) => {
    const path = new URL(request.url).pathname;
    if (NEVER_RENEWED.includes(path)) return send(request);
    // Cloned before it is sent: a body can be read only once.
    const again = request.clone();
    const answer = await send(request);
    if (answer.status !== 401 || !(await renew(request.url))) return answer;
    return send(again);
  };
}

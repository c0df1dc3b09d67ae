import { describe, expect, it, vi } from "vitest";
import { fetchWithRefresh } from "./refresh";

/** A server whose login has run out, and whose refresh works or not. */
function server({ refreshable }: { refreshable: boolean }) {
  let fresh = false;
  const send = vi.fn(async (request: Request) => {
    await Promise.resolve();
    const path = new URL(request.url).pathname;
    if (path === "/api/users/refresh") {
      fresh = refreshable;
      return new Response(null, { status: refreshable ? 200 : 401 });
    }
    if (path === "/api/users/login") return new Response(null, { status: 401 });
    return fresh ? new Response(await request.text()) : new Response(null, { status: 401 });
  });
  const asked = (path: string) => send.mock.calls.filter(([request]) => new URL(request.url).pathname === path).length;
  return { send, asked };
}

const at = (path: string, init?: RequestInit) => new Request(`http://mockloop.test${path}`, init);

describe("fetchWithRefresh", () => {
  it("renews once for requests that fail together, and repeats them with their bodies", async () => {
    const { send, asked } = server({ refreshable: true });
    const call = fetchWithRefresh(send);
    const answers = await Promise.all(
      ["one", "two", "three"].map((body) => call(at("/api/sessions", { method: "POST", body }))),
    );
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(["one", "two", "three"]);
    expect(asked("/api/users/refresh")).toBe(1);
    expect(asked("/api/sessions")).toBe(6);
  });

  it("gives the 401 back when the login cannot be renewed", async () => {
    const { send, asked } = server({ refreshable: false });
    const answer = await fetchWithRefresh(send)(at("/api/users/me"));
    expect(answer.status).toBe(401);
    expect(asked("/api/users/me")).toBe(1);
  });

  it("can renew again later", async () => {
    const { send, asked } = server({ refreshable: false });
    const call = fetchWithRefresh(send);
    await call(at("/api/users/me"));
    await call(at("/api/users/me"));
    expect(asked("/api/users/refresh")).toBe(2);
  });

  it("does not take a wrong password for an old login", async () => {
    const { send, asked } = server({ refreshable: true });
    const answer = await fetchWithRefresh(send)(at("/api/users/login", { method: "POST" }));
    expect(answer.status).toBe(401);
    expect(asked("/api/users/refresh")).toBe(0);
  });
});

import { describe, expect, it } from "vitest";
import { loginAddress, nextAddress } from "./next-address";

describe("nextAddress", () => {
  it("keeps an address of ours, with query and hash", () => {
    expect(nextAddress("/room?id=7&tab=code#end")).toBe("/room?id=7&tab=code#end");
  });

  it.each([
    null,
    "",
    "dashboard",
    "https://elsewhere.example/",
    "//elsewhere.example/start",
    "/\\elsewhere.example",
    "/\t/elsewhere.example",
    "javascript:alert(1)",
    "/login?next=/login",
    "/signup",
  ])("goes to the dashboard instead of %j", (wanted) => {
    expect(nextAddress(wanted)).toBe("/dashboard");
  });

  it("comes back through the sign-in page", () => {
    const address = loginAddress("/start?question=two-sum&language=python");
    expect(nextAddress(new URL(address, "http://mockloop.test").searchParams.get("next"))).toBe(
      "/start?question=two-sum&language=python",
    );
    expect(loginAddress("/dashboard", "/signup")).toBe("/signup");
  });
});

import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { Refusal } from "./refusal";
import { ApiError } from "@/lib/api/errors";

afterEach(cleanup);

it("leads to the session that is open", () => {
  render(<Refusal error={new ApiError(409, "session_already_open", "Open.", { session_id: "a&b" })} />);
  expect(screen.getByRole("link").getAttribute("href")).toBe("/room?id=a%26b");
});

it("says when the next session can start", () => {
  render(<Refusal error={new ApiError(429, "too_many_sessions", "Many.", { retry_after_s: 1520 })} />);
  expect(screen.getByRole("alert").textContent).toContain("in 26 minutes, at");
});

it("repeats what the server says of anything else", () => {
  render(<Refusal error={new ApiError(422, "unknown_format", "There is no format named x.")} />);
  expect(screen.getByRole("alert").textContent).toBe("There is no format named x.");
});

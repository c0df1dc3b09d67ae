import { expect, it } from "vitest";
import { ApiError } from "./errors";
import { meKey, queryClient } from "./query-client";

const failing = (status: number) => ({
  queryKey: ["sessions", status],
  queryFn: () => Promise.reject(new ApiError(status, "code", "message")),
});

it("forgets the user when the login has ended for good, and only then", async () => {
  const client = queryClient();
  client.setQueryData(meKey, { username: "ada" });
  await expect(client.fetchQuery(failing(409))).rejects.toThrow();
  expect(client.getQueryData(meKey)).toEqual({ username: "ada" });
  await expect(client.fetchQuery(failing(401))).rejects.toThrow();
  expect(client.getQueryData(meKey)).toBeNull();
});

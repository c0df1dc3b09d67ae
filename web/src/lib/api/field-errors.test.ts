import { describe, expect, it } from "vitest";
import { ApiError } from "./errors";
import { fieldErrors } from "./field-errors";

const invalid = (details: Record<string, unknown>) => new ApiError(422, "invalid", "Not valid.", details);

describe("fieldErrors", () => {
  it("puts a rule of the product at the field it names", () => {
    expect(fieldErrors(invalid({ field: "username" }))).toEqual({ username: "Not valid." });
  });

  it("puts each fault of a malformed request at its field, the first one first", () => {
    const fields = [
      { field: "password", message: "Too short." },
      { field: "password", message: "Too plain." },
      { field: "body.username", message: "Missing." },
    ];
    expect(fieldErrors(invalid({ fields }))).toEqual({ password: "Too short.", username: "Missing." });
  });

  it("has nothing to say about other errors", () => {
    expect(fieldErrors(invalid({}))).toEqual({});
    expect(fieldErrors(invalid({ fields: [null, 3, {}] }))).toEqual({});
    expect(fieldErrors(new Error("no"))).toEqual({});
  });
});

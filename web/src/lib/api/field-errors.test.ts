import { describe, expect, it } from "vitest";
import { ApiError } from "./errors";
import { fieldErrors } from "./field-errors";

const invalid = (details: Record<string, unknown>) => new ApiError(422, "invalid_request", "Not valid.", details);

describe("fieldErrors", () => {
  it("puts each problem at its field, the first one first", () => {
    const problems = [
      { where: ["body", "password"], message: "Too long." },
      { where: ["body", "password"], message: "Not text." },
      { where: ["body", "username"], message: "Missing." },
    ];
    expect(fieldErrors(invalid({ problems }))).toEqual({ password: "Too long.", username: "Missing." });
  });

  it("has nothing to say about other errors", () => {
    expect(fieldErrors(invalid({}))).toEqual({});
    expect(fieldErrors(invalid({ problems: [null, 3, {}, { where: ["body", 4], message: "x" }] }))).toEqual({});
    expect(fieldErrors(new Error("no"))).toEqual({});
  });
});

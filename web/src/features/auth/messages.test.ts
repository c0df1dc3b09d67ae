import { describe, expect, it } from "vitest";
import { blanks, problem } from "./messages";
import { ApiError } from "@/lib/api/errors";

describe("blanks", () => {
  it("names every field that was left blank", () => {
    expect(Object.keys(blanks({ username: "", password: "" }))).toEqual(["username", "password"]);
    expect(blanks({ username: "ada", password: " " })).toEqual({});
  });
});

describe("problem", () => {
  const taken = new ApiError(409, "username_taken", "Taken.");

  it("shows at the field what is about a field", () => {
    expect(problem({}, taken)).toEqual({ fields: { username: "Taken." }, whole: null });
    const long = new ApiError(422, "invalid_request", "Bad form.", {
      problems: [{ where: ["body", "password"], message: "Too long." }],
    });
    expect(problem({}, long)).toEqual({ fields: { password: "Too long." }, whole: null });
  });

  it("shows above the form what is about neither field, a field unknown here included", () => {
    expect(problem({}, new ApiError(401, "wrong_credentials", "Wrong.")).whole).toBe("Wrong.");
    const odd = { problems: [{ where: ["body", "client"], message: "Odd." }] };
    expect(problem({}, new ApiError(422, "invalid_request", "Bad form.", odd)).whole).toBe("Bad form.");
  });

  it("forgets an earlier answer while a field is blank", () => {
    expect(problem({ password: "Enter it." }, taken)).toEqual({ fields: { password: "Enter it." }, whole: null });
  });

  it("has nothing to say when nothing happened", () => {
    expect(problem({}, null).whole).toBeNull();
  });
});

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
  const taken = new ApiError(409, "username_taken", "Taken.", { field: "username" });

  it("shows at the field what is about a field", () => {
    expect(problem({}, taken)).toEqual({ fields: { username: "Taken." }, whole: null });
  });

  it("shows above the form what is about neither field, a field unknown here included", () => {
    expect(problem({}, new ApiError(401, "wrong_credentials", "Wrong.")).whole).toBe("Wrong.");
    expect(problem({}, new ApiError(422, "invalid", "Odd.", { field: "locale" })).whole).toBe("Odd.");
  });

  it("forgets an earlier answer while a field is blank", () => {
    expect(problem({ password: "Enter it." }, taken)).toEqual({ fields: { password: "Enter it." }, whole: null });
  });
});

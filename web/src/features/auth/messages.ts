import { ApiError } from "@/lib/api/errors";
import { fieldErrors } from "@/lib/api/field-errors";
import type { Credentials } from "@/lib/api/login";

type Field = keyof Credentials;

/** What is said at a field, and what is said of the form as a whole. */
export type Problem = { fields: Partial<Record<Field, string>>; whole: string | null };

/** The rules of the product that are about one field. */
const fieldOfCode: Record<string, Field> = {
  username_taken: "username",
  username_not_usable: "username",
  password_too_short: "password",
  password_too_long: "password",
  password_too_common: "password",
  password_like_username: "password",
};

export function blanks({ username, password }: Credentials): Problem["fields"] {
  const said: Problem["fields"] = {};
  if (!username) said.username = "Enter your username or your e-mail address.";
  if (!password) said.password = "Enter your password.";
  return said;
}

/** What was left blank goes before what the server said: that is about an earlier attempt. */
export function problem(missing: Problem["fields"], error: Error | null): Problem {
  if (Object.keys(missing).length) return { fields: missing, whole: null };
  const field = error instanceof ApiError ? fieldOfCode[error.code] : undefined;
  if (error && field) return { fields: { [field]: error.message }, whole: null };
  const { username, password } = fieldErrors(error);
  return { fields: { username, password }, whole: error && !username && !password ? error.message : null };
}

import { fieldErrors } from "@/lib/api/field-errors";
import type { Credentials } from "@/lib/api/login";

/** What is said at a field, and what is said of the form as a whole. */
export type Problem = { fields: Record<string, string>; whole: string | null };

export function blanks({ username, password }: Credentials): Record<string, string> {
  const said: Record<string, string> = {};
  if (!username) said.username = "Enter your username or your e-mail address.";
  if (!password) said.password = "Enter your password.";
  return said;
}

/** What was left blank goes before what the server said: that is about an earlier attempt. */
export function problem(missing: Record<string, string>, error: Error | null): Problem {
  if (Object.keys(missing).length) return { fields: missing, whole: null };
  const fields = fieldErrors(error);
  const shown = Boolean(fields.username ?? fields.password);
  return { fields, whole: error && !shown ? error.message : null };
}

import { ApiError } from "./errors";

type Problem = { where?: unknown; message?: unknown };

/** Which fields a malformed request's error names (`details.problems`), and what it says of each. */
export function fieldErrors(error: unknown): Record<string, string> {
  const problems = error instanceof ApiError ? error.details.problems : null;
  const said: Record<string, string> = {};
  for (const problem of Array.isArray(problems) ? (problems as unknown[]) : []) {
    const { where, message } = (problem ?? {}) as Problem;
    const field: unknown = Array.isArray(where) ? where.at(-1) : null;
    if (typeof field === "string" && typeof message === "string") said[field] ??= message;
  }
  return said;
}

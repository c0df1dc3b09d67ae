import { ApiError } from "./errors";

type Fault = { field?: unknown; loc?: unknown; message?: unknown; msg?: unknown };

/** Which fields of a form an error is about, and what to say at each; empty when it is about the request as a whole. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const { field, fields, errors } = error.details;
  if (typeof field === "string") return { [field]: error.message };
  const faults: unknown[] = Array.isArray(fields) ? fields : Array.isArray(errors) ? errors : [];
  const said: Record<string, string> = {};
  for (const fault of faults) {
    const { field: name, loc, message, msg } = (fault ?? {}) as Fault;
    const place = name ?? (Array.isArray(loc) ? loc.at(-1) : loc);
    const words = message ?? msg;
    if (typeof place === "string" && typeof words === "string") {
      said[place.split(".").at(-1) ?? place] ??= words;
    }
  }
  return said;
}

/** What a failed request says: the server's `{code, message, details}`, or one of two codes of our own. */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** No answer: the server is down, or the network is. */
export function unreachable(): ApiError {
  return new ApiError(0, "unreachable", "The server does not answer. Check that it runs, and your connection.");
}

/** The error in an answer's body, whatever the body turned out to be. */
export function errorFrom(status: number, body: unknown): ApiError {
  if (typeof body === "object" && body !== null && "code" in body && "message" in body) {
    const details = "details" in body && typeof body.details === "object" ? body.details : null;
    return new ApiError(status, String(body.code), String(body.message), { ...details });
  }
  return new ApiError(status, "unexpected_answer", `The server answered in a way we do not understand (${status}).`);
}

export function isCode(error: unknown, code: string): error is ApiError {
  return error instanceof ApiError && error.code === code;
}

/** What the socket speaks, under short names. The shapes are generated from `rooms/protocol.py`. */
import type { components } from "@/lib/api/schema";

type Schemas = components["schemas"];

export type Incoming = Schemas["SocketIncoming"];
export type Command = Exclude<Incoming, { type: "Ping" }>;
export type Notice = Schemas["SocketNotice"];
export type Refused = Schemas["Refused"];
export type EditFile = Schemas["EditFile"];
export type SessionDetail = Schemas["SessionDetail"];
export type RunKind = Schemas["RunCode"]["kind"];

/** A command without the id that the store gives it. */
export type Wanted = Command extends infer C ? (C extends Command ? Omit<C, "client_id"> : never) : never;

export const MESSAGE_LIMIT_BYTES = 8 * 1024;
export const CODE_LIMIT_BYTES = 64 * 1024;
export const STDIN_LIMIT_BYTES = 64 * 1024;

export const CLOSE_NOT_SIGNED_IN = 4401;
export const CLOSE_NOT_FOUND = 4404;
export const CLOSE_TOO_SLOW = 4408;
export const CLOSE_RESTARTING = 1012;

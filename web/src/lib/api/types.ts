/** Short names for what the API speaks of. The shapes themselves are generated. */
import type { paths } from "./schema";

type Answer<P extends keyof paths, M extends keyof paths[P], S extends number = 200> = paths[P][M] extends {
  responses: Record<S, { content: { "application/json": infer Body } }>;
}
  ? Body
  : never;

export type User = Answer<"/api/users/me", "get">;
export type Format = Answer<"/api/formats", "get">["formats"][number];
export type Segment = Format["segments"][number];
export type Question = Answer<"/api/questions", "get">["questions"][number];
export type CompanyStyle = Answer<"/api/company-styles", "get">["styles"][number];
export type SessionSummary = Answer<"/api/sessions", "get">["sessions"][number];
export type DueQuestion = Answer<"/api/practice/due", "get">["due"][number];
export type NewSession = NonNullable<paths["/api/sessions"]["post"]["requestBody"]>["content"]["application/json"];
export type Difficulty = Question["difficulty"];
export type Language = Format["languages"][number];
export type Status = SessionSummary["status"];

import type { SessionSummary } from "@/lib/api/types";

export function isOpen({ status }: Pick<SessionSummary, "status">): boolean {
  return status === "created" || status === "in_progress";
}

type Choices = Pick<SessionSummary, "format" | "question" | "company_style" | "language">;

/** The start screen with the choices of an earlier session. */
export function practiseAddress({ format, question, company_style, language }: Choices): string {
  return `/start?${new URLSearchParams({ format, question: question.id, style: company_style, language })}`;
}

export type Mark = { id: string; overall: number; title: string; created_at: string };

/** The latest marks there are, oldest first, as a chart reads them. */
export function latestMarks(newestFirst: SessionSummary[], count: number): Mark[] {
  return newestFirst
    .flatMap(({ id, overall, question, created_at }) =>
      overall === null ? [] : [{ id, overall, title: question.title, created_at }],
    )
    .slice(0, count)
    .reverse();
}

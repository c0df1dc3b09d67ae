/** The words that screens use for what the API names by id. */
import type { Difficulty, Language, SessionSummary } from "./api/types";

export const languageLabels: Record<Language, string> = {
  python: "Python",
  javascript: "JavaScript",
  typescript: "TypeScript",
};

export const difficultyLabels: Record<Difficulty, string> = { easy: "Easy", medium: "Medium", hard: "Hard" };

/** `two-pointers` as "two pointers". */
export function topicLabel(topic: string): string {
  return topic.replaceAll("-", " ");
}

export type Tone = "neutral" | "positive" | "caution" | "negative";

/** How a session stands, in two or three words. */
export function standing(session: Pick<SessionSummary, "status" | "started_at" | "outcome" | "overall">): {
  label: string;
  tone: Tone;
} {
  const { status, started_at, outcome, overall } = session;
  if (status === "created") return { label: "Not begun", tone: "neutral" };
  if (status === "in_progress") return { label: "In progress", tone: "caution" };
  if (!started_at) return { label: "Never begun", tone: "neutral" };
  if (outcome) return { label: outcome, tone: outcome === "No Hire" ? "negative" : "positive" };
  return overall === null ? { label: "Being marked", tone: "neutral" } : { label: "Marked", tone: "neutral" };
}

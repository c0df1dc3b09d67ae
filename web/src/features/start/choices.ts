/** What one chooses before a session, and the rules between the choices. Pure; the form holds one `Choices`. */
import type { CompanyStyle, Difficulty, Format, Language, NewSession, Question, Segment } from "@/lib/api/types";

export type Bank = { formats: Format[]; styles: CompanyStyle[]; questions: Question[] };

export type Choices = {
  format: string;
  style: string;
  difficulty: Difficulty | null;
  /** null is a surprise. */
  question: string | null;
  language: Language;
  /** Only the segments that differ from the format. */
  minutes: Record<string, number>;
};

const DEFAULT_FORMAT = "coding-30";
const DEFAULT_STYLE = "generic";

function known<T extends { id: string }>(list: T[], ...wanted: (string | null | undefined)[]): T | undefined {
  const found = wanted.map((id) => list.find((entry) => entry.id === id)).find(Boolean);
  return found ?? list[0];
}

/** What the address asks for (a redo), else what was chosen last time, else the defaults; never what is not offered. */
export function firstChoices(bank: Bank, asked: URLSearchParams, last: Partial<Choices>): Choices | null {
  const format = known(bank.formats, asked.get("format"), last.format, DEFAULT_FORMAT);
  const style = known(bank.styles, asked.get("style"), last.style, DEFAULT_STYLE);
  if (!format || !style) return null;
  const offered = (language: unknown) => format.languages.find((one) => one === language);
  const question = bank.questions.find(({ id }) => id === asked.get("question"))?.id ?? null;
  return {
    format: format.id,
    style: style.id,
    difficulty: question ? null : (last.difficulty ?? null),
    question,
    language: offered(asked.get("language")) ?? offered(last.language) ?? format.languages[0] ?? "python",
    minutes: {},
  };
}

/** The choices after one of them changed, with those that no longer fit undone. */
export function changed(bank: Bank, before: Choices, change: Partial<Choices>): Choices {
  const after = { ...before, ...change };
  const format = bank.formats.find(({ id }) => id === after.format);
  if (format && after.format !== before.format) {
    after.minutes = {};
    if (!format.languages.includes(after.language)) after.language = format.languages[0] ?? after.language;
  }
  const fits = questionsOf(bank, after.difficulty).some(({ id }) => id === after.question);
  if (!fits) after.question = null;
  return after;
}

export function questionsOf(bank: Bank, difficulty: Difficulty | null): Question[] {
  return difficulty ? bank.questions.filter((question) => question.difficulty === difficulty) : bank.questions;
}

/** Whole minutes within what the segment allows; its own minutes for what is not a number. */
export function minutesWithin(segment: Segment, wanted: number): number {
  if (!Number.isFinite(wanted)) return segment.minutes;
  return Math.min(segment.max_minutes, Math.max(segment.min_minutes, Math.round(wanted)));
}

export function timedSegments(format: Format, minutes: Choices["minutes"]): Segment[] {
  return format.segments.map((segment) => ({ ...segment, minutes: minutes[segment.id] ?? segment.minutes }));
}

export function totalMinutes(segments: Pick<Segment, "minutes">[]): number {
  return segments.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** The request. A chosen question brings its own difficulty. */
export function requestFor({ format, style, difficulty, question, language, minutes }: Choices): NewSession {
  return {
    format,
    company_style: style,
    difficulty: question ? null : difficulty,
    question,
    language,
    segment_minutes: minutes,
  };
}

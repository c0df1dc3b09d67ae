import type { components } from "@/lib/api/schema";
import type { Tone } from "@/lib/labels";

type Schemas = components["schemas"];

export type Scorecard = Schemas["Scorecard"];
export type SessionDetail = Schemas["SessionDetail"];
export type Entry = Schemas["Entry"];
export type Evidence = Schemas["Evidence"];
export type Remark = Schemas["Remark"];
export type Dimension = Schemas["Dimension"];
export type CriterionMark = Schemas["CriterionMark"];
export type Recommendation = Schemas["Recommendation"];
export type Appeal = Schemas["AppealView"];
export type AppealOutcome = Schemas["Result"];
export type Written = Schemas["Written"];
export type AnswerFeedback = Schemas["QuestionFeedback"];
export type SessionFeedback = Schemas["SessionFeedback"];
export type Pointed = Schemas["Pointed"];

export const metLabels: Record<CriterionMark["met"], { label: string; tone: Tone }> = {
  yes: { label: "Met", tone: "positive" },
  partly: { label: "Partly", tone: "caution" },
  no: { label: "Not met", tone: "negative" },
  not_assessed: { label: "Not assessed", tone: "neutral" },
};

export const outcomeTones: Record<Scorecard["outcome"], Tone> = {
  "Strong Hire": "positive",
  Hire: "positive",
  "No Hire": "negative",
};

export const readinessTones: Record<NonNullable<Scorecard["readiness"]>, Tone> = {
  Ready: "positive",
  "Almost Ready": "caution",
  "Needs Practice": "negative",
};

const growths: Record<Schemas["Complexity"]["target"], string> = {
  constant: "O(1)",
  logarithmic: "O(log n)",
  linear: "O(n)",
  linearithmic: "O(n log n)",
  quadratic: "O(n²)",
  cubic: "O(n³)",
  exponential: "O(2ⁿ)",
};

export function growthLabel(growth: Schemas["Complexity"]["target"]): string {
  return growths[growth];
}

/** Marks are 0 to 100 in the store and 0 to 10 on the screen, rounded as the server does: a tie goes to the even side. */
export function outOfTen(mark: number): number {
  const shown = mark / 10;
  const tieThatGoesDown = shown % 1 === 0.25;
  return Number((tieThatGoesDown ? shown - 0.05 : shown).toFixed(1));
}

/** "6.4", "15": one decimal, and none where it says nothing. */
export function pointsLabel(points: number): string {
  return String(Math.round(points * 10) / 10);
}

/** "12 of 20", or that there are none to be had. */
export function pointsOf({ met, points, out_of }: Pick<CriterionMark, "met" | "points" | "out_of">): string {
  return met === "not_assessed" ? "no points" : `${pointsLabel(points)} of ${pointsLabel(out_of)}`;
}

/** The id of a criterion's place on the page. */
export function criterionPlace(id: string): string {
  return `criterion-${id}`;
}

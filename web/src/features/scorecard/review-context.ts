import { createContext, useContext } from "react";
import type { Timeline } from "./moments";

export type Review = {
  timeline: Timeline | null;
  /** Goes to a moment and brings the review into sight; `quote` is marked in the code. */
  jump: (seq: number, quote?: string) => void;
  /** The address that leads there. */
  addressOf: (seq: number) => string;
};

export const ReviewContext = createContext<Review | null>(null);

export function useReview(): Review {
  const review = useContext(ReviewContext);
  if (!review) throw new Error("useReview is used outside a scorecard");
  return review;
}

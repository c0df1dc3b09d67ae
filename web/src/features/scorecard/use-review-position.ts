import { useCallback, useEffect, useState } from "react";
import type { Timeline } from "./moments";
import { type Beside, REVIEW_ID } from "./review-section";
import { SCRUBBER_ID } from "./scrubber";

/** Writing the address at every step of a drag is more than browsers allow. */
const WRITE_AFTER_MS = 300;

type Position = { seq: number; quote: string };

/** Where the review stands; kept in the address, so that a link or a reload leads to the same moment. */
export function useReviewPosition(id: string, asked: number | null, last: number, timeline: Timeline | null) {
  const [position, setPosition] = useState<Position | null>(asked ? { seq: asked, quote: "" } : null);
  const [beside, setBeside] = useState<Beside>("talk");
  const seq = Math.min(Math.max(position?.seq ?? last, 1), Math.max(last, 1));
  const chosen = position?.seq ?? null;

  const addressOf = useCallback((wanted: number) => `/scorecard?${new URLSearchParams({ id, seq: String(wanted) })}#${REVIEW_ID}`, [id]);

  useEffect(() => {
    if (chosen === null) return;
    const timer = setTimeout(() => window.history.replaceState(null, "", addressOf(chosen)), WRITE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [chosen, addressOf]);

  const show = useCallback((wanted: number) => setPosition({ seq: wanted, quote: "" }), []);
  const jump = useCallback((wanted: number, quote = "") => {
    setPosition({ seq: wanted, quote });
    const run = timeline?.moments.some((moment) => moment.seq === wanted && moment.kind === "run");
    setBeside(run ? "runs" : "talk");
    document.getElementById(REVIEW_ID)?.scrollIntoView({ block: "start" });
    document.getElementById(SCRUBBER_ID)?.focus({ preventScroll: true });
  }, [timeline]);
  return { beside, setBeside, seq, quote: position?.quote ?? "", show, jump, addressOf };
}

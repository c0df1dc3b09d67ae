import type { MouseEvent } from "react";
import { useReview } from "./review-context";
import type { Evidence } from "./scorecard-types";
import { clockLabel } from "@/lib/clock-label";

const kindLabels: Record<Evidence["kind"], string> = {
  said: "You said",
  code: "Your code",
  run: "Your run",
  time: "The clock",
  absent: "Nothing in the session shows it",
};

/** What a sentence rests on. Leads to the moment, where there is one. */
export function EvidenceLink({ evidence }: { evidence: Evidence }) {
  const { kind, quote } = evidence;
  const seq = evidence.seq ?? null;
  if (seq === null) return <span className="text-sm text-muted-foreground">{kindLabels[kind]}</span>;
  return (
    <MomentLink seq={seq} quote={quote}>
      <span className="no-underline">{kindLabels[kind]}</span>
      {quote && (
        <q className={kind === "code" || kind === "run" ? "line-clamp-2 font-mono text-[0.8125rem]" : "line-clamp-3"}>{quote}</q>
      )}
    </MomentLink>
  );
}

type MomentLinkProps = { seq: number; quote?: string; children?: React.ReactNode };

/** A time that leads to its moment in the review. */
export function MomentLink({ seq, quote, children }: MomentLinkProps) {
  const { jump, addressOf, timeline } = useReview();
  const moment = timeline?.moments.findLast((one) => one.seq <= seq);
  function go(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    jump(seq, quote);
  }
  return (
    <a
      href={addressOf(seq)}
      onClick={go}
      className="grid grid-cols-[3.25rem_1fr] items-baseline gap-x-2 rounded-sm py-0.5 text-sm text-muted-foreground hover:text-foreground"
    >
      <span className="figures text-primary underline decoration-1 underline-offset-4">
        {moment ? clockLabel(moment.atMs) : "there"}
      </span>
      <span className="flex min-w-0 flex-wrap gap-x-2 wrap-anywhere">{children}</span>
    </a>
  );
}

/** All that a sentence rests on; the same moment only once. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  const known = new Set<string>();
  const single = evidence.filter(({ kind, seq, quote }) => {
    const key = `${kind} ${seq} ${quote}`;
    return !known.has(key) && known.add(key);
  });
  if (single.length === 0) return null;
  return (
    <ul className="flex flex-col">
      {single.map((one) => (
        <li key={`${one.kind} ${one.seq} ${one.quote}`}>
          <EvidenceLink evidence={one} />
        </li>
      ))}
    </ul>
  );
}

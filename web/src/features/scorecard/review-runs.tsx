import { ChevronRight } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Run } from "@/features/room/fold";
import { outcomeOf } from "@/components/runs/outcomes";
import { RunResult } from "@/components/runs/run-result";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { languageLabels } from "@/lib/labels";
import { sinceLabel } from "@/lib/clock-label";

type ReviewRunsProps = { runs: readonly Run[]; startedAt: string | null; seq: number; onSeq: (seq: number) => void };

/** Every run with what came of it. */
export function ReviewRuns({ runs, startedAt, seq, onSeq }: ReviewRunsProps) {
  const present = runs.findLast((run) => run.asked_seq <= seq)?.run_id;
  const list = useRef<HTMLOListElement>(null);

  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>(`[data-run="${present}"]`);
    // Within the list only: the page stays where it is.
    if (list.current && row) list.current.scrollTop = row.offsetTop;
  }, [present]);

  if (runs.length === 0) return <p className="px-4 py-4 text-muted-foreground">Nothing was run.</p>;
  return (
    <ol ref={list} tabIndex={0} aria-label="Runs" className="relative h-96 lg:h-120 overflow-y-auto px-4 py-1 focus-visible:outline-offset-[-2px] print:h-auto">
      {runs.map((run) => (
        <li key={run.run_id} data-run={run.run_id} className="border-b last:border-b-0">
          <RunRow key={String(run.run_id === present)} open={run.run_id === present} run={run} at={sinceLabel(run.asked_at, startedAt)} later={run.asked_seq > seq} onSeq={onSeq} />
        </li>
      ))}
    </ol>
  );
}

type RunRowProps = { run: Run; open: boolean; at: string; later: boolean; onSeq: (seq: number) => void };

function RunRow({ run, open, at, later, onSeq }: RunRowProps) {
  const { result, kind, language, asked_seq, result_seq } = run;
  const { text, tone } = result ? outcomeOf(result) : { text: "Lost, through our fault.", tone: "neutral" as const };
  return (
    <details open={open} className="group/run">
      <summary className="flex cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1 py-3 [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-4 text-muted-foreground transition-transform group-open/run:rotate-90" aria-hidden />
        <span className="figures text-sm text-muted-foreground">{at}</span>
        <span className="font-medium">{kind === "tests" ? "Tests" : "Own input"}</span>
        <Badge tone={tone}>{text.replace(/\.$/, "")}</Badge>
        {later && <span className="text-sm text-muted-foreground">later</span>}
      </summary>
      <div className="flex flex-col items-start gap-3 pb-4 pl-7">
        {result && <RunResult result={result} />}
        <Button variant="link" size="inline" className="text-sm" onClick={() => onSeq(result_seq ?? asked_seq)}>
          Show the {languageLabels[language]} code of this run
        </Button>
      </div>
    </details>
  );
}

import { ChevronLeft, ChevronRight } from "lucide-react";
import type { KeyboardEvent } from "react";
import { type Kind, momentAt, momentBefore, momentLabel, neighbour, type Timeline } from "./moments";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/class-names";
import { clockLabel } from "@/lib/clock-label";

type ScrubberProps = { timeline: Timeline; seq: number; onSeq: (seq: number) => void };

export const SCRUBBER_ID = "moment";

/** Marks on the line, for those moments worth finding again. */
const marks: Partial<Record<Kind, string>> = {
  said: "top-1 h-2 w-0.5 bg-primary",
  run: "top-4 size-2 -translate-x-1 rounded-full bg-foreground",
  hint: "top-4 size-2 -translate-x-1 rotate-45 bg-caution",
};

/** A line from start to end of the session. The arrow keys go moment by moment. */
export function Scrubber({ timeline, seq, onSeq }: ScrubberProps) {
  const present = momentAt(timeline, seq);
  const go = (step: 1 | -1) => {
    const next = neighbour(timeline, present?.seq ?? seq, step);
    if (next) onSeq(next.seq);
  };
  function pressed(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go(step as 1 | -1);
  }
  return (
    <div className="px-4 pt-3 pb-4 print:hidden">
      <div className="flex items-center gap-1">
        <Button variant="ghost" size="icon" aria-label="Moment before" onClick={() => go(-1)}>
          <ChevronLeft aria-hidden />
        </Button>
        <Button variant="ghost" size="icon" aria-label="Next moment" onClick={() => go(1)}>
          <ChevronRight aria-hidden />
        </Button>
        <p className="ml-2 min-w-0 truncate" data-testid="moment">
          <span className="figures font-medium">{clockLabel(present?.atMs ?? 0)}</span>
          <span className="figures text-muted-foreground"> of {clockLabel(timeline.lengthMs)}</span>
          {present && <span className="text-muted-foreground"> · {present.text}</span>}
        </p>
      </div>
      <div className="relative mt-2">
        <Track timeline={timeline} />
        <input
          id={SCRUBBER_ID}
          type="range"
          aria-label="Moment of the session"
          aria-valuetext={present ? momentLabel(present) : undefined}
          min={0}
          max={Math.ceil(timeline.lengthMs / 1000)}
          step={1}
          value={Math.round((present?.atMs ?? 0) / 1000)}
          onChange={(event) => onSeq(momentBefore(timeline, Number(event.target.value) * 1000 + 999)?.seq ?? seq)}
          onKeyDown={pressed}
          className="relative z-10 -mt-2 h-6 w-full cursor-pointer accent-primary"
        />
      </div>
      <p aria-hidden className="mt-1 flex flex-wrap gap-x-5 text-sm text-muted-foreground">
        <Legend className="h-3 w-0.5 bg-primary" text="you spoke" />
        <Legend className="size-2 rounded-full bg-foreground" text="a run" />
        <Legend className="size-2 rotate-45 bg-caution" text="a hint" />
      </p>
    </div>
  );
}

function Legend({ className, text }: { className: string; text: string }) {
  return (
    <span className="inline-flex items-center gap-2">
      <span className={className} />
      {text}
    </span>
  );
}

function Track({ timeline }: { timeline: Timeline }) {
  const share = (ms: number) => `${(ms / timeline.lengthMs) * 100}%`;
  return (
    // Inset by half a thumb, so that a mark lies where the thumb stands for it.
    <div aria-hidden className="mx-2">
      <div className="relative h-6 overflow-hidden rounded-sm">
        {timeline.parts.map(({ id, title, fromMs, toMs }, index) => (
          <span
            key={`${id} ${fromMs}`}
            className={cn("absolute inset-y-0 truncate border-l border-background px-1.5 text-sm leading-6 text-muted-foreground", index % 2 ? "bg-muted" : "bg-secondary")}
            style={{ left: share(fromMs), width: share(toMs - fromMs) }}
          >
            {title}
          </span>
        ))}
      </div>
      <div className="relative h-7">
        {timeline.moments.map(({ seq, kind, atMs }) =>
          marks[kind] ? <span key={seq} className={cn("absolute", marks[kind])} style={{ left: share(atMs) }} /> : null,
        )}
      </div>
    </div>
  );
}

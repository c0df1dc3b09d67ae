import { MomentLink } from "./evidence-link";
import type { Scorecard } from "./scorecard-types";
import { cn } from "@/lib/class-names";

const tones = {
  good: { className: "bg-positive", label: "Good: " },
  bad: { className: "bg-negative", label: "To improve: " },
  neutral: { className: "bg-input", label: "" },
};

/** Remarks in the order of the clock. */
export function Notes({ notes }: { notes: Scorecard["notes"] }) {
  if (notes.length === 0) return null;
  return (
    <section aria-labelledby="notes-title">
      <h2 id="notes-title" className="text-xl font-semibold">
        Moment by moment
      </h2>
      <ol className="mt-3 flex flex-col border-l">
        {notes.map(({ seq, text, tone }) => (
          <li key={`${seq} ${text}`} className="relative py-1.5 pl-5">
            <span aria-hidden className={cn("absolute top-4 -left-[4.5px] size-2 rounded-full", tones[tone].className)} />
            <MomentLink seq={seq}>
              <span className="text-[0.9375rem] text-foreground">
                <span className="sr-only">{tones[tone].label}</span>
                {text}
              </span>
            </MomentLink>
          </li>
        ))}
      </ol>
    </section>
  );
}

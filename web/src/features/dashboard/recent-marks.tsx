import Link from "next/link";
import { latestMarks } from "./sessions-split";
import type { SessionSummary } from "@/lib/api/types";
import { dayLabel } from "@/lib/dates";

const SHOWN = 12;
const ENOUGH_TO_COMPARE = 2;

/** The last marks as bars. Each leads to its scorecard. */
export function RecentMarks({ sessions }: { sessions: SessionSummary[] }) {
  const marks = latestMarks(sessions, SHOWN);
  if (marks.length < ENOUGH_TO_COMPARE) return null;
  return (
    <section aria-labelledby="marks-title">
      <h2 id="marks-title" className="text-lg font-semibold">
        Last marks
      </h2>
      <ol className="mt-4 flex h-32 items-stretch gap-1.5 border-b sm:gap-3">
        {marks.map(({ id, overall, title, created_at }) => (
          <li key={id} className="flex max-w-24 min-w-0 flex-1">
            <Link
              href={`/scorecard?id=${id}`}
              aria-label={`${title}, ${dayLabel(created_at)}: ${overall.toFixed(1)} of 10`}
              className="group flex w-full flex-col items-center justify-end gap-1 rounded-t-sm hover:bg-accent"
            >
              <span aria-hidden className="figures text-sm">
                {overall.toFixed(1)}
              </span>
              <span
                aria-hidden
                className="min-h-0.5 w-full rounded-t-sm bg-primary/35 group-hover:bg-primary group-focus-visible:bg-primary"
                style={{ height: `${overall * 7.5}%` }}
              />
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}

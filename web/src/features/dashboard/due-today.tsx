"use client";

import { Play } from "lucide-react";
import Link from "next/link";
import { practiseAddress } from "./sessions-split";
import { Button } from "@/components/ui/button";
import { useDueToday } from "@/lib/api/practice";
import type { DueQuestion } from "@/lib/api/types";
import { dayLabel } from "@/lib/dates";
import { difficultyLabels, languageLabels } from "@/lib/labels";

const SHOWN = 3;

/** The questions that it is time to meet again. Says nothing while there is none. */
export function DueToday() {
  const { data, error, refetch } = useDueToday();
  if (error && !data) {
    return (
      <p role="alert" className="flex flex-wrap items-center gap-x-3 text-muted-foreground">
        What is due today could not be loaded.
        <Button variant="link" size="inline" onClick={() => void refetch()}>
          Try again
        </Button>
      </p>
    );
  }
  if (!data || data.total === 0) return null;
  const more = data.total - Math.min(SHOWN, data.due.length);
  return (
    <section aria-labelledby="due-title">
      <h2 id="due-title" className="text-lg font-semibold">
        Due today
      </h2>
      <ul className="mt-2">
        {data.due.slice(0, SHOWN).map((one) => (
          <DueRow key={one.question.id} due={one} />
        ))}
      </ul>
      {more > 0 && <p className="pt-3 text-[0.9375rem] text-muted-foreground">and {more} more</p>}
    </section>
  );
}

function sinceLabel(dueAt: string): string {
  const day = dayLabel(dueAt);
  return day === "Today" ? "due today" : `due since ${day === "Yesterday" ? "yesterday" : day}`;
}

function DueRow({ due }: { due: DueQuestion }) {
  const { question, difficulty, language, overall, session_id, due_at } = due;
  const facts = [difficultyLabels[difficulty], languageLabels[language]];
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-b py-4">
      <div className="min-w-0">
        <h3 className="text-base font-semibold tracking-normal">{question.title}</h3>
        <p className="text-[0.9375rem] text-muted-foreground">
          {facts.join(" · ")} · {sinceLabel(due_at)}
          {overall !== null && session_id && (
            <>
              {" · "}
              <Link href={`/scorecard?id=${session_id}`} className="underline underline-offset-4">
                last time {overall.toFixed(1)}
              </Link>
            </>
          )}
        </p>
      </div>
      <Button asChild variant="outline" size="sm" className="h-10">
        <Link href={practiseAddress(due)} aria-label={`Practise ${question.title}`}>
          <Play aria-hidden />
          Practise
        </Link>
      </Button>
    </li>
  );
}

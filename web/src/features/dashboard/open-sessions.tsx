"use client";

import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { sessionAddress } from "@/lib/api/sessions";
import type { SessionSummary } from "@/lib/api/types";
import { minutesLabel } from "@/lib/dates";
import { languageLabels } from "@/lib/labels";
import { useNow } from "@/lib/use-now";

/** What is still running. It comes first: its clock does not wait. */
export function OpenSessions({ sessions }: { sessions: SessionSummary[] }) {
  return (
    <section aria-labelledby="open-title" className="flex flex-col gap-3">
      <h2 id="open-title" className="sr-only">
        Open now
      </h2>
      {sessions.map((session) => (
        <OpenSession key={session.id} session={session} />
      ))}
    </section>
  );
}

function OpenSession({ session }: { session: SessionSummary }) {
  const begun = session.status === "in_progress";
  return (
    <article className="flex flex-wrap items-center justify-between gap-x-8 gap-y-5 rounded-lg border border-primary bg-primary-soft px-6 py-6">
      <div>
        <p className="text-sm font-medium text-primary">{begun ? <TimeLeft session={session} /> : "Ready to begin"}</p>
        <h3 className="mt-1 text-xl font-semibold">{session.question.title}</h3>
        <p className="mt-0.5 text-muted-foreground">
          {session.title} · {languageLabels[session.language]}
        </p>
      </div>
      <Button asChild size="lg">
        <Link href={sessionAddress(session)}>
          {begun ? "Resume" : "Begin"}
          <ArrowRight aria-hidden />
        </Link>
      </Button>
    </article>
  );
}

function TimeLeft({ session }: { session: SessionSummary }) {
  const now = useNow(10_000);
  if (!session.deadline_at || now === 0) return "In progress";
  const left = new Date(session.deadline_at).getTime() - now;
  return left <= 0 ? "In progress, time is up" : `In progress, ${minutesLabel(left)} left`;
}

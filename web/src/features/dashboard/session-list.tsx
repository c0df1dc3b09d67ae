"use client";

import { LoaderCircle } from "lucide-react";
import Link from "next/link";
import { practiseAddress } from "./sessions-split";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useCompanyStyles } from "@/lib/api/bank";
import type { useSessions } from "@/lib/api/sessions";
import type { SessionSummary } from "@/lib/api/types";
import { dayLabel, timeLabel } from "@/lib/dates";
import { difficultyLabels, languageLabels, standing } from "@/lib/labels";

type More = Pick<
  ReturnType<typeof useSessions>,
  "hasNextPage" | "isFetchingNextPage" | "isFetchNextPageError" | "fetchNextPage"
>;

export function SessionList({ sessions, more }: { sessions: SessionSummary[]; more: More }) {
  const { data: styles } = useCompanyStyles();
  const styleTitle = (id: string) => styles?.find((style) => style.id === id)?.title ?? id;
  return (
    <section aria-labelledby="past-title">
      <h2 id="past-title" className="text-lg font-semibold">
        Past sessions
      </h2>
      <ul className="mt-2">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} style={styleTitle(session.company_style)} />
        ))}
      </ul>
      <Older more={more} />
    </section>
  );
}

function Older({ more }: { more: More }) {
  if (!more.hasNextPage) return null;
  return (
    <div className="mt-6 flex flex-wrap items-center gap-4">
      <Button variant="outline" onClick={() => void more.fetchNextPage()} aria-disabled={more.isFetchingNextPage}>
        {more.isFetchingNextPage && <LoaderCircle className="animate-spin" aria-hidden />}
        Show older sessions
      </Button>
      {more.isFetchNextPageError && (
        <p role="alert" className="text-negative">
          They could not be loaded. Try again.
        </p>
      )}
    </div>
  );
}

function SessionRow({ session, style }: { session: SessionSummary; style: string }) {
  const { label, tone } = standing(session);
  const { title } = session.question;
  const facts = [session.title, difficultyLabels[session.difficulty], languageLabels[session.language], style];
  return (
    <li className="grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-3 border-b py-5 md:grid-cols-[1fr_7.5rem_3.5rem_auto]">
      <div className="col-start-1 row-start-1 min-w-0">
        <h3 className="text-base font-semibold tracking-normal">{title}</h3>
        <p className="text-[0.9375rem] text-muted-foreground">{facts.join(" · ")}</p>
        <p className="text-[0.9375rem] text-muted-foreground">
          <time dateTime={session.created_at}>
            {dayLabel(session.created_at)}, {timeLabel(session.created_at)}
          </time>
          {session.status === "expired" && session.started_at && " · time ran out"}
        </p>
      </div>
      <span className="figures col-start-2 row-start-1 text-right text-2xl md:col-start-3">
        {session.overall === null ? (
          <span className="text-muted-foreground" aria-label="no mark">
            –
          </span>
        ) : (
          session.overall.toFixed(1)
        )}
      </span>
      <div className="col-span-2 flex items-center justify-between md:contents">
        <span className="md:col-start-2 md:row-start-1">
          <Badge tone={tone}>{label}</Badge>
        </span>
        <div className="flex justify-end gap-1 max-md:-mr-3 md:col-start-4 md:row-start-1">
          {session.started_at && (
            <Button asChild variant="ghost" size="sm" className="h-10 text-primary">
              <Link href={`/scorecard?id=${session.id}`} aria-label={`Review ${title}`}>
                Review
              </Link>
            </Button>
          )}
          <Button asChild variant="ghost" size="sm" className="h-10">
            <Link href={practiseAddress(session)} aria-label={`Redo ${title}`}>
              Redo
            </Link>
          </Button>
        </div>
      </div>
    </li>
  );
}

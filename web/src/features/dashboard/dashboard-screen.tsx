"use client";

import { Play } from "lucide-react";
import Link from "next/link";
import { DueToday } from "./due-today";
import { OpenSessions } from "./open-sessions";
import { RecentMarks } from "./recent-marks";
import { SessionList } from "./session-list";
import { isOpen } from "./sessions-split";
import { PageHeading } from "@/components/layout/page-heading";
import { ScreenError } from "@/components/layout/screen-error";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useSessions } from "@/lib/api/sessions";

export function DashboardScreen() {
  const sessions = useSessions();
  const { data, error, isPending, refetch } = sessions;

  if (!data && error) {
    return <ScreenError title="Your sessions could not be loaded" error={error} onRetry={() => void refetch()} />;
  }
  const open = data?.filter(isOpen) ?? [];
  const past = data?.filter((session) => !isOpen(session)) ?? [];
  return (
    <>
      <PageHeading title="Your practice">
        {(past.length > 0 || open.length > 0) && (
          <Button asChild size="lg" variant={open.length > 0 ? "outline" : "primary"}>
            <Link href="/start">
              <Play aria-hidden />
              Start a session
            </Link>
          </Button>
        )}
      </PageHeading>
      {isPending ? (
        <DashboardSkeleton />
      ) : (
        <div className="flex flex-col gap-12">
          {open.length > 0 && <OpenSessions sessions={open} />}
          {past.length > 0 && <DueToday />}
          {past.length > 0 && <RecentMarks sessions={past} />}
          {past.length > 0 ? <SessionList sessions={past} more={sessions} /> : open.length === 0 && <FirstTime />}
        </div>
      )}
    </>
  );
}

function FirstTime() {
  return (
    <section className="rounded-lg border bg-card px-6 py-10 sm:px-10 sm:py-14">
      <h2 className="text-2xl font-semibold">Nothing here yet</h2>
      <p className="mt-3 max-w-xl text-lg text-muted-foreground">
        A full interview takes half an hour, a drill a quarter. You can end early, and even a bad first one shows what to
        practise next.
      </p>
      <Button asChild size="lg" className="mt-7">
        <Link href="/start">
          <Play aria-hidden />
          Start your first session
        </Link>
      </Button>
    </section>
  );
}

function DashboardSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4">
      <p role="status" className="sr-only">
        Loading your sessions
      </p>
      <Skeleton className="h-28" />
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} className="h-16" />
      ))}
    </div>
  );
}

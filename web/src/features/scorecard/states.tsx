import { LoaderCircle } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { InterviewerFace } from "@/components/chat/interviewer-face";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";

function Plain({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <section className="flex max-w-xl flex-col items-start gap-5 py-10">
      <h1 className="text-3xl font-semibold">{title}</h1>
      <p className="text-lg text-muted-foreground">{children}</p>
      {action}
    </section>
  );
}

export function ScorecardNotFound() {
  return (
    <Plain
      title="There is no such scorecard."
      action={
        <Button asChild>
          <Link href="/dashboard">Go to the dashboard</Link>
        </Button>
      }
    >
      The link may be wrong, or the session belongs to somebody else. Your own are on the dashboard.
    </Plain>
  );
}

export function StillOpen({ id }: { id: string }) {
  return (
    <Plain
      title="This session is still open."
      action={
        <Button asChild>
          <Link href={`/room?id=${id}`}>Go to the room</Link>
        </Button>
      }
    >
      There is a scorecard once it has ended.
    </Plain>
  );
}

export function NothingToJudge() {
  return (
    <Plain
      title="There is nothing to mark."
      action={
        <Button asChild>
          <Link href="/start">Start a session</Link>
        </Button>
      }
    >
      This session ended before it had begun.
    </Plain>
  );
}

/** For the moment that judging takes. */
export function BeingJudged({ title, long }: { title: string; long: boolean }) {
  return (
    <section aria-busy="true" className="flex flex-col gap-8 py-10">
      <div role="status" className="flex items-center gap-5">
        <InterviewerFace mood="thinking" className="size-16" />
        <div className="flex flex-col gap-1">
          <h1 className="text-2xl font-semibold">Your scorecard is being made</h1>
          <p className="flex items-center gap-2 text-muted-foreground">
            <LoaderCircle className="size-4 animate-spin" aria-hidden />
            {long ? "It takes longer than usual. It will come, also if you leave this page." : `${title}: reading, running, measuring`}
          </p>
        </div>
      </div>
      <Skeleton className="h-64" />
    </section>
  );
}

export function ScorecardSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-8">
      <h1 className="sr-only">Scorecard</h1>
      <p role="status" className="sr-only">
        Loading the scorecard
      </p>
      <Skeleton className="h-12 w-2/3" />
      <Skeleton className="h-64" />
      <Skeleton className="h-40" />
    </div>
  );
}

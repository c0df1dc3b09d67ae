import { LoaderCircle, PenLine } from "lucide-react";
import Link from "next/link";
import { useId, useRef, useState } from "react";
import type { Dimension, Entry, Written } from "./scorecard-types";
import { useWrittenFeedback } from "./use-written-feedback";
import { WrittenAnswer } from "./written-answer";
import { Placeholder } from "./revised-answer";
import { WrittenSession } from "./written-session";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/class-names";

type WrittenFeedbackProps = { sessionId: string; dimensions: readonly Dimension[]; entries: readonly Entry[] };

/** A model's words beside the marks: whether they are coming, what they say, and the way to have them. */
export function WrittenFeedback({ sessionId, dimensions, entries }: WrittenFeedbackProps) {
  const { query, ask } = useWrittenFeedback(sessionId);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const { data } = query;
  const [waited, setWaited] = useState(false);
  const waiting = data?.status === "waiting";
  if (waiting && !waited) setWaited(true);

  if (!data) return query.error ? <NotLoaded error={query.error} onRetry={() => void query.refetch()} /> : null;
  const { status, written, can_ask } = data;
  if (status === "none" && !can_ask) return <NoModel error={ask.error} />;
  // The button goes away when it is pressed; whoever pressed it goes on from the heading.
  const start = () => ask.mutate(undefined, { onSuccess: () => heading.current?.focus() });
  return (
    <section aria-labelledby={id} className={cn("flex flex-col gap-4", status !== "ready" && "print:hidden")}>
      <h2 id={id} ref={heading} tabIndex={-1} className="text-xl font-semibold">
        Written feedback
      </h2>
      <div role="status" className="empty:hidden">
        {waiting && (
          <p className="flex items-center gap-2 text-muted-foreground">
            <LoaderCircle className="size-4 shrink-0 animate-spin" aria-hidden />
            A language model is writing feedback on your answers. It will appear here.
          </p>
        )}
        {status === "failed" && <p className="text-muted-foreground">No model answered.</p>}
        {status === "ready" && waited && <p className="sr-only">The written feedback is ready.</p>}
      </div>
      {waiting && <WritingSkeleton />}
      {status === "none" && (
        <p className="max-w-2xl text-muted-foreground">
          A language model can write about each of your answers, and put it better with facts of your own. What you said
          is sent to it.
        </p>
      )}
      {(status === "none" || status === "failed") && (
        <Asking again={status === "failed"} can={can_ask} busy={ask.isPending} error={ask.error} onAsk={start} />
      )}
      {status === "ready" && written && <Ready written={written} dimensions={dimensions} entries={entries} />}
    </section>
  );
}

type ReadyProps = { written: Written; dimensions: readonly Dimension[]; entries: readonly Entry[] };

function Ready({ written: { session, questions }, dimensions, entries }: ReadyProps) {
  const writers = [...new Set([session, ...questions].flatMap((one) => one?.provider ?? []))];
  return (
    <>
      <p className="max-w-3xl text-[0.9375rem] text-muted-foreground wrap-anywhere">
        Written by {writers.join(" and ")}, {writers.length > 1 ? "language models" : "a language model"}, after the marks
        were given; it changes none of them.
        {questions.some((one) => one.revised_answer) && (
          <>
            {" "}
            Revised answers keep to facts of your own. <Placeholder>[Brackets]</Placeholder> are for you to fill in.
          </>
        )}
      </p>
      {session ? (
        <WrittenSession feedback={session} dimensions={dimensions} />
      ) : (
        <p className="text-muted-foreground">There is nothing on the session as a whole: no model answered for it.</p>
      )}
      {questions.length > 0 ? (
        <div className="mt-4 border-t">
          {questions.map((feedback, rank) => (
            <WrittenAnswer key={feedback.id} feedback={feedback} entries={entries} open={rank === 0} />
          ))}
        </div>
      ) : (
        <p className="text-muted-foreground">There is nothing on single answers.</p>
      )}
    </>
  );
}

function WritingSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-3">
      <Skeleton className="h-5 max-w-3xl" />
      <Skeleton className="h-5 w-2/3" />
      <div className="grid gap-x-12 gap-y-3 lg:grid-cols-2">
        <Skeleton className="h-20" />
        <Skeleton className="h-20" />
      </div>
    </div>
  );
}

type AskingProps = { again: boolean; can: boolean; busy: boolean; error: Error | null; onAsk: () => void };

/** The button, or the way to a model when there is none any more. */
function Asking({ again, can, busy, error, onAsk }: AskingProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
      {can ? (
        <Button variant="outline" aria-disabled={busy} onClick={() => busy || onAsk()}>
          {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : <PenLine aria-hidden />}
          {again ? "Ask again" : "Have a model write feedback"}
        </Button>
      ) : (
        <SettingsLink>Set up a model to ask again</SettingsLink>
      )}
      {error && (
        <p role="alert" className="text-[0.9375rem] text-caution">
          {error.message}
        </p>
      )}
    </div>
  );
}

/** Also after a refusal: the model was there when the page was opened. */
function NoModel({ error }: { error: Error | null }) {
  return (
    <p className="text-[0.9375rem] text-muted-foreground print:hidden">
      {error ? (
        <span role="alert" className="text-caution">
          {error.message}
        </span>
      ) : (
        "With a language model there is also written feedback on each answer."
      )}{" "}
      <SettingsLink>{error ? "Go to the settings" : "Set one up in the settings"}</SettingsLink>
    </p>
  );
}

function SettingsLink({ children }: { children: string }) {
  return (
    <Link href="/settings" className="text-primary underline underline-offset-4">
      {children}
    </Link>
  );
}

function NotLoaded({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <p role="alert" className="text-[0.9375rem] text-muted-foreground print:hidden">
      The written feedback could not be loaded. {error.message}{" "}
      <Button variant="link" size="inline" onClick={onRetry}>
        Try again
      </Button>
    </p>
  );
}

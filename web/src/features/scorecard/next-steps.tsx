import { LoaderCircle, RotateCcw } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { EvidenceList } from "./evidence-link";
import { pointsLabel, type Recommendation, type SessionDetail } from "./scorecard-types";
import { Button } from "@/components/ui/button";
import { useQuestions } from "@/lib/api/bank";
import { ApiError } from "@/lib/api/errors";
import { sessionAddress, useStartSession } from "@/lib/api/sessions";
import { dayLabel } from "@/lib/dates";
import { difficultyLabels } from "@/lib/labels";

type NextStepsProps = { session: SessionDetail; recommendations: readonly Recommendation[] };

/** What to practise next, each with what it rests on, and the same question once more. */
export function NextSteps({ session, recommendations }: NextStepsProps) {
  return (
    <section aria-labelledby="next-title" className="rounded-lg border bg-card px-5 py-5 sm:px-7">
      <h2 id="next-title" className="text-xl font-semibold">
        What to practise next
      </h2>
      <ul className="mt-2">
        {recommendations.map((one) => (
          <li key={one.text} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b py-3.5">
            <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
              <p>{one.text}</p>
              <EvidenceList evidence={one.evidence ?? []} />
              <ShownBy sessions={one.sessions ?? []} here={session.id} />
            </div>
            {one.question_id && one.question_id !== session.question.id && (
              <QuestionLink id={one.question_id} session={session} />
            )}
          </li>
        ))}
      </ul>
      <Redo session={session} />
    </section>
  );
}

/** The sessions that show a weakness, each with the points that were reached there. */
function ShownBy({ sessions, here }: { sessions: NonNullable<Recommendation["sessions"]>; here: string }) {
  if (sessions.every((one) => one.session_id === here)) return null;
  return (
    <ul className="flex flex-col text-sm text-muted-foreground">
      {sessions.map((one) => (
        <li key={one.session_id} className="flex flex-wrap gap-x-3 py-0.5">
          {one.session_id === here ? (
            <span>This session</span>
          ) : (
            <Link href={`/scorecard?id=${one.session_id}`} className="text-primary underline underline-offset-4">
              {one.title}, {dayLabel(one.at)}
            </Link>
          )}
          <span className="figures">
            {pointsLabel(one.points)} of {pointsLabel(one.out_of)} points
          </span>
        </li>
      ))}
    </ul>
  );
}

function QuestionLink({ id, session }: { id: string; session: SessionDetail }) {
  const { data: questions } = useQuestions();
  const question = questions?.find((one) => one.id === id);
  const { format, company_style: style, language } = session;
  const address = `/start?${new URLSearchParams({ format, question: id, style, language })}`;
  return (
    <Link href={address} className="text-primary underline underline-offset-4">
      {question ? `${question.title} (${difficultyLabels[question.difficulty].toLowerCase()})` : "Go to the question"}
    </Link>
  );
}

/** The same question, style and language again, now. */
function Redo({ session }: { session: SessionDetail }) {
  const start = useStartSession();
  const router = useRouter();
  const { format, company_style, difficulty, question, language } = session;
  const busy = start.isPending || start.isSuccess;
  const redo = () =>
    start.mutate(
      { format, company_style, difficulty, question: question.id, language, segment_minutes: {} },
      { onSuccess: (made) => router.push(sessionAddress(made)) },
    );
  const openId = start.error instanceof ApiError ? start.error.details.session_id : null;
  return (
    <div className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-3 print:hidden">
      <Button onClick={() => busy || redo()} aria-disabled={busy}>
        {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : <RotateCcw aria-hidden />}
        Redo this question now
      </Button>
      {start.error && (
        <p role="alert" className="text-[0.9375rem] text-caution">
          {start.error.message}{" "}
          {typeof openId === "string" && (
            <Link href={`/room?id=${openId}`} className="underline underline-offset-4">
              Go to the open session
            </Link>
          )}
        </p>
      )}
    </div>
  );
}

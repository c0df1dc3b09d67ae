import { LoaderCircle, Play } from "lucide-react";
import { useRoom } from "./room-context";
import { useSessionStart } from "./use-session-calls";
import { SessionRuler } from "@/components/charts/session-ruler";
import { Button } from "@/components/ui/button";
import { difficultyLabels, languageLabels } from "@/lib/labels";

/** A session that is set up and not begun: what comes, and the button that lets the clock run. */
export function BeforeStart() {
  const { session, view } = useRoom();
  const start = useSessionStart(session.id);
  const over = view.state.status !== "created";
  const minutes = session.segments.reduce((sum, segment) => sum + segment.minutes, 0);
  const busy = start.isPending || start.isSuccess;
  if (over) return null;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-2xl flex-col gap-8 px-5 py-10 sm:py-16">
        <div className="flex flex-col gap-3">
          <h2 className="text-3xl font-semibold">Ready when you are</h2>
          <p className="text-lg text-muted-foreground">
            The clock starts when you begin, and runs for {minutes} minutes. The problem appears then. Think aloud in the
            chat: the interviewer sees what you write, what you run and what comes of it.
          </p>
          <p>
            {difficultyLabels[session.difficulty]} · {languageLabels[session.language]}
          </p>
        </div>
        <div>
          <SessionRuler segments={session.segments} />
          <ol className="mt-1">
            {session.segments.map(({ id, title, purpose, minutes: part }) => (
              <li key={id} className="grid grid-cols-[1fr_auto] gap-x-4 border-b py-3">
                <h3 className="text-base font-semibold tracking-normal">{title}</h3>
                <span className="figures text-muted-foreground">{part} min</span>
                <p className="text-[0.9375rem] text-muted-foreground">{purpose}</p>
              </li>
            ))}
          </ol>
        </div>
        <div className="flex flex-wrap items-center gap-4">
          <Button size="lg" onClick={() => !busy && start.mutate()} aria-disabled={busy}>
            {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : <Play aria-hidden />}
            {busy ? "Beginning" : "Begin the interview"}
          </Button>
          {start.error && (
            <p role="alert" className="text-negative">
              {start.error.message}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

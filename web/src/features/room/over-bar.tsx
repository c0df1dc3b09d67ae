"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { hasEnded } from "./fold";
import { useRoom } from "./room-context";
import { Button } from "@/components/ui/button";

/** Long enough to read that it is over. */
const BEFORE_LEAVING_MS = 1_200;

/** What is true after the end, and the way on. Goes to the scorecard by itself when one saw the end happen. */
export function OverBar() {
  const { view, session } = useRoom();
  const { state } = view;
  const over = hasEnded(state);
  const scorecard = `/scorecard?id=${session.id}`;
  useLeaveWhenJudged(over, state.judged, scorecard);

  const begun = state.started_at !== null;
  const title = !begun
    ? "This session ended before it began"
    : state.status === "expired"
      ? "Time is up. The interview is over."
      : "The interview is over.";
  const text = !begun
    ? "There is nothing to mark. You can start another one at any time."
    : state.judged
      ? "Your scorecard is ready."
      : "Your scorecard is being made. It opens by itself.";
  return (
    <div role="status">
      {over && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-b bg-primary-soft px-4 py-3">
          <p>
            <strong className="font-semibold">{title}</strong> {text}
          </p>
          <Button asChild size="sm">
            <Link href={begun ? scorecard : "/start"}>{begun ? "Go to the scorecard" : "Start a session"}</Link>
          </Button>
        </div>
      )}
    </div>
  );
}

function useLeaveWhenJudged(over: boolean, judged: boolean, scorecard: string) {
  const router = useRouter();
  const sawItRun = useRef(false);
  useEffect(() => {
    if (!over) sawItRun.current = true;
  }, [over]);
  useEffect(() => {
    if (!judged || !sawItRun.current) return;
    const timer = setTimeout(() => router.push(scorecard), BEFORE_LEAVING_MS);
    return () => clearTimeout(timer);
  }, [judged, router, scorecard]);
}

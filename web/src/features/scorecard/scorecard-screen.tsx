"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { ScorecardPage } from "./scorecard-page";
import { BeingJudged, NothingToJudge, ScorecardNotFound, ScorecardSkeleton, StillOpen } from "./states";
import { useFeedback, useLog, useSession } from "./use-scorecard";
import { ScreenError } from "@/components/layout/screen-error";
import { ApiError, isCode } from "@/lib/api/errors";

const LONG_MS = 15_000;

export function ScorecardScreen() {
  const params = useSearchParams();
  const id = params.get("id") ?? "";
  const asked = Number(params.get("seq")) || null;
  const session = useSession(id);
  const feedback = useFeedback(id);
  const log = useLog(id, feedback.data !== undefined);
  const judging = isCode(feedback.error, "not_judged_yet");
  const long = useLong(judging);

  const missing = [session.error, feedback.error].some(
    (error) => error instanceof ApiError && [404, 422].includes(error.status),
  );
  if (id === "" || missing) return <ScorecardNotFound />;
  if (judging) return <BeingJudged title={session.data?.question.title ?? "One moment"} long={long} />;
  if (isCode(feedback.error, "session_still_open")) return <StillOpen id={id} />;
  if (isCode(feedback.error, "nothing_to_judge")) return <NothingToJudge />;
  const failed = [session, feedback, log].filter(({ error, data }) => error && !data);
  if (failed[0]) {
    const retry = () => failed.forEach(({ refetch }) => void refetch());
    return <ScreenError title="The scorecard could not be loaded" error={failed[0].error} onRetry={retry} />;
  }
  if (!session.data || !feedback.data || !log.data) return <ScorecardSkeleton />;
  return <ScorecardPage key={id} session={session.data} scorecard={feedback.data} entries={log.data} asked={asked} />;
}

function useLong(waiting: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  return long && waiting;
}

import { useCallback, useRef, useState } from "react";
import { hasEnded, type Language, type Run } from "./fold";
import { newId } from "./new-id";
import type { RunKind } from "./protocol";
import type { RoomStore, RoomView } from "./room-store";
import { answer, api } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";

const SAVE_WITHIN_MS = 700;
const TRIES = 5;
const PAUSE_MS = 1_500;

export type Running = {
  /** Which kind runs now, here or in another tab. */
  busy: RunKind | null;
  /** How many runs of others go before the one that is busy. */
  ahead: number;
  /** Why the last run asked for here could not be carried out: nothing the code did. */
  problem: ApiError | null;
  latest: Run | null;
  stdin: string;
  setStdin: (text: string) => void;
  run: (kind: RunKind) => void;
};

type Asked = { id: string; kind: RunKind; language: Language; code: string; stdin: string };

/** Asks again under the same id while no answer comes: the server runs it once. */
async function askToRun(sessionId: string, asked: Asked): Promise<void> {
  const { id, kind, language, code, stdin } = asked;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await answer(
        api.POST("/api/sessions/{session_id}/code", {
          params: { path: { session_id: sessionId } },
          body: { client_id: id, kind, language, code, stdin },
        }),
      );
      return;
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 0) || attempt === TRIES) throw error;
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
  }
}

export function useRuns(sessionId: string, store: RoomStore, view: RoomView): Running {
  const [asked, setAsked] = useState<{ id: string; kind: RunKind } | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [stdin, setStdin] = useState("");
  const input = useRef(stdin);
  const { runs } = view.state;
  const open = hasEnded(view.state) ? undefined : runs.find((run) => !run.result && !run.lost);
  const busy = asked?.kind ?? open?.kind ?? null;
  const ahead = view.queued[asked?.id ?? open?.run_id ?? ""] ?? 0;

  const run = useCallback(
    (kind: RunKind) => {
      const { state } = store.snapshot();
      if (state.status !== "in_progress" || busy) return;
      const id = newId();
      setAsked({ id, kind });
      setProblem(null);
      void (async () => {
        try {
          await store.saved(SAVE_WITHIN_MS);
          const { language } = store.snapshot().state;
          const code = store.desk.doc(`solution:${language}`).text;
          await askToRun(sessionId, { id, kind, language, code, stdin: input.current });
        } catch (error) {
          setProblem(error instanceof ApiError ? error : new ApiError(0, "unexpected", String(error)));
        } finally {
          setAsked(null);
        }
      })();
    },
    [busy, sessionId, store],
  );
  const changeStdin = useCallback((text: string) => {
    input.current = text;
    setStdin(text);
  }, []);
  return { busy, ahead, problem, latest: runs.at(-1) ?? null, stdin, setStdin: changeStdin, run };
}

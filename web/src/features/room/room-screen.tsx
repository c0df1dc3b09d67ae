"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useMemo } from "react";
import { BeforeStart } from "./before-start";
import { DeskLayout } from "./desk-layout";
import { OverBar } from "./over-bar";
import { PhoneLayout } from "./phone-layout";
import type { SessionDetail } from "./protocol";
import { RoomContext } from "./room-context";
import { RoomNotFound, RoomOpening, RoomTrouble } from "./room-states";
import { TopBar } from "./top-bar";
import { useRefusals } from "./use-refusals";
import { useRoomStore, useRoomView } from "./use-room";
import { useRuns } from "./use-runs";
import { useShortcuts } from "./use-shortcuts";
import { answer, api } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import { loginAddress } from "@/lib/next-address";
import { useMedia } from "@/lib/use-media";

export function RoomScreen() {
  const id = useSearchParams().get("id") ?? "";
  const session = useQuery({
    queryKey: ["session", id],
    queryFn: () => answer(api.GET("/api/sessions/{session_id}", { params: { path: { session_id: id } } })),
    enabled: id !== "",
    staleTime: Infinity,
  });
  if (id === "") return <RoomNotFound />;
  if (session.data) return <OpenRoom key={id} session={session.data} />;
  if (session.error instanceof ApiError && [404, 422].includes(session.error.status)) return <RoomNotFound />;
  if (session.error) return <RoomTrouble error={session.error} onRetry={() => void session.refetch()} />;
  return <RoomOpening />;
}

function OpenRoom({ session }: { session: SessionDetail }) {
  const store = useRoomStore(session);
  const view = useRoomView(store);
  const runs = useRuns(session.id, store, view);
  const wide = useMedia("(min-width: 1024px)");
  const room = useMemo(() => ({ store, view, session, runs }), [store, view, session, runs]);
  useSignedOut(view.connection === "signed_out");
  useRefusals(store);
  useShortcuts(runs.run, store);

  if (view.connection === "not_found") return <RoomNotFound />;
  if (!view.ready) return <RoomOpening waiting={view.connection === "waiting"} />;
  return (
    <RoomContext value={room}>
      <TopBar />
      <OverBar />
      <main className="flex min-h-0 flex-1 flex-col">
        {view.state.started_at === null ? <BeforeStart /> : wide ? <DeskLayout /> : <PhoneLayout />}
      </main>
    </RoomContext>
  );
}

function useSignedOut(signedOut: boolean) {
  const router = useRouter();
  useEffect(() => {
    if (signedOut) router.replace(loginAddress(window.location.pathname + window.location.search));
  }, [signedOut, router]);
}

"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ApiError } from "@/lib/api/errors";
import { minutesLabel, timeLabel } from "@/lib/dates";

/** On a phone the button is always in sight, and this may lie a screen below it. */
function bringIntoSight(box: HTMLElement | null) {
  box?.scrollIntoView?.({ block: "nearest" });
}

/** Why a session could not be started, and the way on. */
export function Refusal({ error }: { error: Error }) {
  const details = error instanceof ApiError ? error.details : {};
  const { session_id: openId, retry_after_s: wait } = details;
  return (
    <div
      role="alert"
      ref={bringIntoSight}
      // The margin is for the bar at the bottom.
      className="flex scroll-mb-24 flex-col items-start gap-3 rounded-md bg-caution-soft px-4 py-4 lg:scroll-mb-6"
    >
      {typeof openId === "string" ? (
        <>
          <p>You have a session of this type open. Finish it, or end it, before you start another.</p>
          <Button asChild variant="outline">
            <Link href={`/room?id=${encodeURIComponent(openId)}`}>Go to the open session</Link>
          </Button>
        </>
      ) : typeof wait === "number" ? (
        <Wait seconds={wait} />
      ) : (
        <p>{error.message}</p>
      )}
    </div>
  );
}

function Wait({ seconds }: { seconds: number }) {
  const [until] = useState(() => new Date(Date.now() + seconds * 1000));
  return (
    <p>
      You have started many sessions within the hour. The next one can start in {minutesLabel(seconds * 1000)}, at{" "}
      {timeLabel(until)}.
    </p>
  );
}

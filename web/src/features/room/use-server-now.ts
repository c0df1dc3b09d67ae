import type { RoomView } from "./room-store";
import { useNow } from "@/lib/use-now";

const STEP_MS = 250;

/** The server's time, kept up to date. Counting down by one's own clock would be wrong where that one is. */
export function useServerNow(view: RoomView): number {
  return useNow(STEP_MS) + view.clockOffsetMs;
}

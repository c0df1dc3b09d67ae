import { hasEnded } from "./fold";
import { useRoom } from "./room-context";
import { useServerNow } from "./use-server-now";
import { cn } from "@/lib/class-names";
import { clockLabel } from "@/lib/clock-label";

const LITTLE_MS = 2 * 60_000;

/** What is left of the whole interview. */
export function Countdown() {
  const { view } = useRoom();
  const now = useServerNow(view);
  const { state } = view;
  if (!state.deadline_at || hasEnded(state)) return null;
  const left = Date.parse(state.deadline_at) - now;
  const little = left < LITTLE_MS;
  return (
    <p
      role="timer"
      aria-label="Time remaining"
      className={cn("figures flex items-baseline gap-1.5 text-lg font-medium", little && "text-negative")}
    >
      {clockLabel(left, Math.ceil)}
      <span className="text-sm font-normal text-muted-foreground max-sm:sr-only">left</span>
    </p>
  );
}

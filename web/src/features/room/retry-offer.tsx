import { RotateCcw } from "lucide-react";
import { reasonOf, retriable, wasRetried } from "./retry";
import { useRoom } from "./room-context";
import { Button } from "@/components/ui/button";

/** Below an answer for which the built-in interviewer stood in: why, and the way to ask the model once more. */
export function RetryOffer() {
  const { view, store } = useRoom();
  const message = retriable(view.state);
  const asking = view.pending.some(({ command }) => command.type === "Retry");
  if (!message) return null;
  const again = wasRetried(view.entries, message) ? " again" : "";
  return (
    <p role="status" className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted-foreground">
      <span>
        The model {reasonOf(message.source)}
        {again}; the built-in interviewer answered.
      </span>
      <Button
        variant="link"
        size="inline"
        className="min-h-6 text-sm"
        aria-disabled={asking}
        onClick={() => asking || store.send({ type: "Retry", message_seq: message.seq })}
      >
        <RotateCcw aria-hidden />
        Retry with the model
      </Button>
    </p>
  );
}

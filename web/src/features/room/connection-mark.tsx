import { LoaderCircle, WifiOff } from "lucide-react";
import { useRoom } from "./room-context";

/** Says when the room is cut off. Silent while all is well. */
export function ConnectionMark() {
  const { view } = useRoom();
  const cut = view.connection === "waiting";
  const connecting = view.connection === "connecting";
  return (
    <div role="status">
      {(cut || connecting) && (
        <p className="flex items-center gap-2 rounded-sm bg-caution-soft px-2.5 py-1 text-sm text-caution">
          {cut ? <WifiOff className="size-4" aria-hidden /> : <LoaderCircle className="size-4 animate-spin" aria-hidden />}
          <span className="max-sm:sr-only">{cut ? "Cut off. Coming back; nothing is lost." : "Connecting"}</span>
        </p>
      )}
    </div>
  );
}

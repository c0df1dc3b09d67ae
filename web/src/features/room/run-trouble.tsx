import { useRoom } from "./room-context";

/** A run that did not happen: our doing or a limit, never the code's fault. */
export function RunTrouble() {
  const { runs } = useRoom();
  const lost = !runs.busy && !runs.problem && runs.latest?.lost;
  if (!runs.problem && !lost) return null;
  const message =
    runs.problem?.message ?? "The last run was lost before it had a result. This is our fault; run it again.";
  return (
    <p role="alert" className="mb-3 rounded-md bg-caution-soft px-3 py-2 text-[0.9375rem] text-caution">
      {message}
    </p>
  );
}

import type { DocId, Saving } from "./desk";
import { useRoom } from "./room-context";
import { cn } from "@/lib/class-names";

const words: Record<Saving, string> = {
  saved: "Saved",
  unsaved: "Saving",
  saving: "Saving",
  conflict: "Not saved",
  too_long: "Over 64 kB: not saved",
};

/** Whether the server has what is in the editor. */
export function SavingMark({ docId }: { docId: DocId }) {
  const { store, view } = useRoom();
  const saving = store.desk.saving(docId);
  const waiting = saving === "unsaved" || saving === "saving";
  const text = waiting && view.connection !== "live" ? "Kept here until the link is back" : words[saving];
  const bad = saving === "conflict" || saving === "too_long";
  if (view.state.status !== "in_progress") return <span className="ml-auto" />;
  return (
    <p data-testid="saving" className={cn("ml-auto text-sm", bad ? "text-negative" : "text-muted-foreground")}>
      {text}
    </p>
  );
}

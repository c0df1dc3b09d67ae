import type { DocId } from "./desk";
import { useRoom } from "./room-context";
import { Button } from "@/components/ui/button";

/** Two devices changed one file. Both texts are kept until the candidate says which goes on. */
export function StaleBar({ docId }: { docId: DocId }) {
  const { store, view } = useRoom();
  const asked = store.desk.doc(docId).theirs !== null && view.state.status === "in_progress";
  return (
    <div role="status">
      {asked && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b bg-caution-soft px-4 py-2.5">
          <p className="min-w-0 flex-1 basis-60 text-[0.9375rem] text-caution">
            This file was changed on another device. Which text goes on? The other one stays within reach: by undo here,
            or in the review.
          </p>
          <div className="flex gap-2">
            <Button variant="outline" size="sm" onClick={() => store.desk.takeTheirs(docId)}>
              Take theirs
            </Button>
            <Button variant="outline" size="sm" onClick={() => store.desk.keepMine(docId)}>
              Keep mine
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

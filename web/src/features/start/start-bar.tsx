import { LoaderCircle, Play } from "lucide-react";
import { totalMinutes } from "./choices";
import { Button } from "@/components/ui/button";
import type { Segment } from "@/lib/api/types";

/** The total and the way in. On a phone it stays at the bottom of the window. */
export function StartBar({ segments, busy }: { segments: Segment[]; busy: boolean }) {
  return (
    <div className="max-lg:sticky max-lg:bottom-0 max-lg:z-10 max-lg:-mx-4 max-lg:border-t max-lg:bg-background max-lg:px-4 max-lg:py-3 sm:max-lg:-mx-8 sm:max-lg:px-8">
      <div className="flex items-center justify-between gap-4 lg:flex-col lg:items-stretch">
        <p aria-live="polite" className="flex items-baseline justify-between gap-2">
          <span className="text-muted-foreground max-lg:sr-only">All together</span>
          <span>
            <span className="figures text-xl">{totalMinutes(segments)}</span> minutes
          </span>
        </p>
        <Button type="submit" size="lg" aria-disabled={busy} className="max-lg:flex-1">
          {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : <Play aria-hidden />}
          {busy ? "Starting" : "Start the session"}
        </Button>
      </div>
    </div>
  );
}

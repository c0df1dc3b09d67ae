import { useMemo } from "react";
import { feedOf } from "@/components/chat/feed";
import { ReviewCode } from "./review-code";
import { ReviewRuns } from "./review-runs";
import { ReviewTalk } from "./review-talk";
import { Scrubber } from "./scrubber";
import { momentAt, type Timeline } from "./moments";
import type { Entry } from "./scorecard-types";
import { fold } from "@/features/room/fold";
import { Card } from "@/components/ui/card";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";

export const REVIEW_ID = "review";

type ReviewProps = {
  entries: readonly Entry[];
  timeline: Timeline;
  starter: Record<string, string>;
  seq: number;
  quote: string;
  /** What lies beside the code. */
  beside: Beside;
  onBeside: (beside: Beside) => void;
  onSeq: (seq: number) => void;
};

export type Beside = "talk" | "runs";

/** The session at any of its moments: the code as it stood, what had been said, what had been run. */
export function ReviewSection({ entries, timeline, starter, seq, quote, beside, onBeside, onSeq }: ReviewProps) {
  const state = useMemo(() => fold(entries.slice(0, seq)), [entries, seq]);
  const whole = useMemo(() => fold(entries), [entries]);
  const feed = useMemo(() => feedOf(entries), [entries]);
  const present = momentAt(timeline, seq);
  return (
    <section aria-labelledby="review-title" id={REVIEW_ID} className="scroll-mt-18 lg:scroll-mt-6">
      <h2 id="review-title" className="text-xl font-semibold">
        Review
      </h2>
      <p className="mt-1 text-muted-foreground">
        Go through the session moment by moment. Code, conversation and runs follow.
      </p>
      <Card className="mt-4 overflow-hidden">
        <Scrubber timeline={timeline} seq={seq} onSeq={onSeq} />
        <div className="grid border-t lg:grid-cols-[1.25fr_1fr]">
          <ReviewCode state={state} starter={starter} seq={seq} quote={quote} />
          <Tabs
            value={beside}
            onValueChange={(value) => onBeside(value as Beside)}
            className="flex min-w-0 flex-col border-t lg:border-t-0 lg:border-l"
          >
            <TabsList aria-label="Beside the code" className="px-4">
              <TabsTrigger value="talk">Conversation</TabsTrigger>
              <TabsTrigger value="runs">Runs ({whole.runs.length})</TabsTrigger>
            </TabsList>
            <TabsContent value="talk">
              <ReviewTalk items={feed} startedAt={whole.started_at} seq={present?.seq ?? seq} />
            </TabsContent>
            <TabsContent value="runs">
              <ReviewRuns runs={whole.runs} startedAt={whole.started_at} seq={seq} onSeq={onSeq} />
            </TabsContent>
          </Tabs>
        </div>
      </Card>
    </section>
  );
}

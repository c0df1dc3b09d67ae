import { Composer } from "./composer";
import { hasEnded, owesTurn } from "./fold";
import { PendingMessages } from "./pending-messages";
import { RetryOffer } from "./retry-offer";
import { useRoom } from "./room-context";
import { useFollow } from "./use-follow";
import { useLinger } from "./use-linger";
import { type FeedItem, feedOf } from "@/components/chat/feed";
import { FeedList } from "@/components/chat/feed-list";
import { InterviewerFace, type Mood } from "@/components/chat/interviewer-face";
import { MessageBubble } from "@/components/chat/message-bubble";
import { Button } from "@/components/ui/button";
import { ArrowDown } from "lucide-react";
import { useMemo } from "react";

const SPEAKING_MS = 1_800;

const moodLabels: Record<Mood, string> = { idle: "listening", thinking: "thinking", speaking: "speaking" };

/** The conversation with the interviewer. */
export function ChatPanel() {
  const { view } = useRoom();
  const items = useMemo(() => feedOf(view.entries), [view.entries]);
  const mood = useMood(items);
  const { turn, pending, state } = view;
  const { place, onScroll, away, toEnd } = useFollow(`${items.length} ${turn?.text.length ?? 0} ${pending.length}`);
  return (
    <section aria-label="Chat with the interviewer" className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-12 shrink-0 items-center gap-2.5 border-b px-4">
        <InterviewerFace mood={mood} />
        <p className="text-[0.9375rem]">
          <span className="font-medium">Interviewer</span>{" "}
          <span className="text-muted-foreground">{hasEnded(state) ? "has left" : moodLabels[mood]}</span>
        </p>
      </div>
      <div className="relative min-h-0 flex-1">
        {/* Reachable by keyboard, so that it can be scrolled without a mouse. */}
        <div ref={place} onScroll={onScroll} tabIndex={0} role="group" aria-label="Messages" className="size-full overflow-y-auto px-4 py-4 focus-visible:outline-offset-[-2px]">
          <div role="log" aria-live="polite" aria-label="Conversation" className="flex flex-col gap-4">
            <FeedList items={items} startedAt={state.started_at} />
          </div>
          <RetryOffer />
          <PendingMessages />
          {turn?.text && (
            // Read aloud as a whole once it is said, not word by word.
            <div aria-hidden className="mt-4">
              <MessageBubble speaker="interviewer" text={turn.text} />
            </div>
          )}
          {mood === "thinking" && <ThinkingDots />}
        </div>
        {away && (
          <Button
            variant="outline"
            size="sm"
            className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-md"
            onClick={toEnd}
          >
            <ArrowDown aria-hidden />
            Latest
          </Button>
        )}
      </div>
      <Composer />
    </section>
  );
}

function useMood(items: readonly FeedItem[]): Mood {
  const { view } = useRoom();
  const lastSaid = items.findLast((item) => item.kind === "message" && item.speaker === "interviewer")?.seq ?? 0;
  const speaking = useLinger(lastSaid, SPEAKING_MS);
  if (hasEnded(view.state)) return "idle";
  if (view.turn?.text) return "speaking";
  if (view.turn || owesTurn(view.state)) return "thinking";
  return speaking ? "speaking" : "idle";
}

function ThinkingDots() {
  return (
    <div aria-hidden className="mt-4 flex gap-1.5 py-1">
      {[0, 150, 300].map((delay) => (
        <span
          key={delay}
          className="size-1.5 animate-pulse rounded-full bg-muted-foreground"
          style={{ animationDelay: `${delay}ms` }}
        />
      ))}
    </div>
  );
}

import { useEffect, useRef } from "react";
import type { FeedItem } from "@/components/chat/feed";
import { FeedList } from "@/components/chat/feed-list";
import { cn } from "@/lib/class-names";

type ReviewTalkProps = { items: readonly FeedItem[]; startedAt: string | null; seq: number };

/** The whole conversation; what had not been said at the moment is faint, and what was said last is in sight. */
export function ReviewTalk({ items, startedAt, seq }: ReviewTalkProps) {
  const place = useRef<HTMLDivElement>(null);
  const before = items.filter((item) => item.seq <= seq);
  const after = items.filter((item) => item.seq > seq);
  const last = before.at(-1)?.seq ?? 0;

  useEffect(() => {
    const list = place.current;
    const row = list?.querySelector<HTMLElement>(`[data-seq="${last}"]`);
    // Within the list only: the page stays where it is.
    if (list && row) list.scrollTop = row.offsetTop - list.clientHeight / 2 + row.offsetHeight / 2;
  }, [last]);

  return (
    <div
      ref={place}
      tabIndex={0}
      role="group"
      aria-label="Conversation"
      className="relative h-96 lg:h-120 overflow-y-auto px-4 py-4 focus-visible:outline-offset-[-2px] print:h-auto"
    >
      <div className="flex flex-col gap-4">
        <FeedList items={before} startedAt={startedAt} marked={after.length ? last : null} />
      </div>
      {after.length > 0 && (
        <div className={cn("mt-4 flex flex-col gap-4 border-t border-dashed pt-4")}>
          <p className="text-sm text-muted-foreground">Later</p>
          <FeedList items={after} startedAt={startedAt} />
        </div>
      )}
    </div>
  );
}

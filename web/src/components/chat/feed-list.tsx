import { memo } from "react";
import { type FeedItem, HINT_LEVELS } from "./feed";
import { MessageBubble } from "./message-bubble";
import { SideNote } from "./side-note";
import { sinceLabel } from "@/lib/clock-label";

type FeedListProps = { items: readonly FeedItem[]; startedAt: string | null; marked?: number | null };

/** The conversation, oldest first. `marked` is the seq that a link points to. */
export function FeedList({ items, startedAt, marked = null }: FeedListProps) {
  return items.map((item) => (
    <div key={item.seq} data-seq={item.seq} className={item.seq === marked ? "rounded-md outline-2 outline-offset-4 outline-primary" : undefined}>
      <FeedRow item={item} startedAt={startedAt} />
    </div>
  ));
}

const FeedRow = memo(function FeedRow({ item, startedAt }: { item: FeedItem; startedAt: string | null }) {
  const at = sinceLabel(item.at, startedAt);
  if (item.kind === "note") return <SideNote at={at}>{item.text}</SideNote>;
  const notes = [item.voice, item.hint !== null && `Hint ${item.hint} of ${HINT_LEVELS}`, item.replaced && "replaced"];
  const note = notes.filter(Boolean).join(" · ");
  return <MessageBubble speaker={item.speaker} text={item.text} at={at} note={note || undefined} faint={item.replaced} />;
});

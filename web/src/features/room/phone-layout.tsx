import { BookOpen, Code, MessageSquare, Terminal } from "lucide-react";
import { Tabs as Radix } from "radix-ui";
import { useState } from "react";
import { ChatPanel } from "./chat-panel";
import { CodePanel } from "./code-panel";
import { OutputPanel } from "./output-panel";
import { ProblemPanel } from "./problem-panel";
import { useRoom } from "./room-context";
import { TabsContent } from "@/components/ui/tabs";
import { cn } from "@/lib/class-names";

const places = [
  { id: "problem", title: "Problem", Icon: BookOpen, Panel: ProblemPanel, scrolls: true },
  { id: "chat", title: "Chat", Icon: MessageSquare, Panel: ChatPanel, scrolls: false },
  { id: "code", title: "Code", Icon: Code, Panel: CodePanel, scrolls: false },
  { id: "output", title: "Output", Icon: Terminal, Panel: OutputPanel, scrolls: false },
] as const;

type Place = (typeof places)[number]["id"];

/** On a phone: one thing at a time, chosen at the bottom. All stay mounted, so that nothing is lost by looking away. */
export function PhoneLayout() {
  const [place, setPlace] = useState<Place>("chat");
  const unread = useUnread(place === "chat");
  useComeForward(setPlace);
  return (
    <Radix.Root value={place} onValueChange={(value) => setPlace(value as Place)} className="flex min-h-0 flex-1 flex-col">
      {places.map(({ id, title, Panel, scrolls }) => (
        <TabsContent key={id} value={id} forceMount className={cn("flex min-h-0 flex-1 flex-col", scrolls && "overflow-y-auto")}>
          <h2 className="sr-only">{title}</h2>
          <Panel />
        </TabsContent>
      ))}
      <Radix.List aria-label="Room" className="grid shrink-0 grid-cols-4 border-t bg-sidebar pb-[env(safe-area-inset-bottom)]">
        {places.map(({ id, title, Icon }) => (
          <Radix.Trigger
            key={id}
            value={id}
            className="relative flex h-14 flex-col items-center justify-center gap-0.5 text-sm text-muted-foreground focus-visible:outline-offset-[-2px] data-[state=active]:font-medium data-[state=active]:text-primary"
          >
            <span className="relative">
              <Icon className="size-5" aria-hidden />
              {id === "chat" && unread > 0 && <span aria-hidden className="absolute -top-1 -right-1.5 size-2.5 rounded-full bg-primary ring-2 ring-sidebar" />}
            </span>
            {title}
            {id === "chat" && unread > 0 && <span className="sr-only">, {unread} new</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
    </Radix.Root>
  );
}

/** How many messages of the interviewer came while the chat was out of sight. */
function useUnread(inSight: boolean): number {
  const { messages, last_seq } = useRoom().view.state;
  const [seenSeq, setSeenSeq] = useState(last_seq);
  if (inSight && seenSeq !== last_seq) setSeenSeq(last_seq);
  return messages.filter(({ speaker, seq }) => speaker === "interviewer" && seq > seenSeq).length;
}

/** A run that was asked for in the editor shows its output. */
function useComeForward(show: (place: Place) => void) {
  const { busy } = useRoom().runs;
  const [before, setBefore] = useState(busy);
  if (busy !== before) {
    setBefore(busy);
    if (busy) show("output");
  }
}

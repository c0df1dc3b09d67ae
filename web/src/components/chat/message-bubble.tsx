import type { ReactNode } from "react";
import { Markdown } from "@/components/markdown/markdown";
import { cn } from "@/lib/class-names";

type MessageBubbleProps = {
  speaker: "interviewer" | "candidate";
  text: string;
  /** When it was said, since the start; left out while it is being said. */
  at?: string;
  note?: ReactNode;
  faint?: boolean;
  className?: string;
};

const names = { interviewer: "Interviewer", candidate: "You" };

/** One message. What the interviewer says is Markdown; the candidate's words are shown as typed. */
export function MessageBubble({ speaker, text, at, note, faint, className }: MessageBubbleProps) {
  const own = speaker === "candidate";
  return (
    <div className={cn("flex flex-col gap-1", own ? "items-end pl-8" : "items-start pr-4", className)}>
      <p className="flex items-baseline gap-2 text-sm text-muted-foreground">
        <span className="font-medium">{names[speaker]}</span>
        {at && <span className="figures">{at}</span>}
        {note}
      </p>
      <div
        className={cn(
          "max-w-full min-w-0 text-[0.9375rem] leading-relaxed",
          own ? "rounded-lg rounded-tr-sm bg-primary-soft px-3.5 py-2" : "",
          faint && "opacity-70",
        )}
      >
        {own ? <p className="wrap-break-word whitespace-pre-wrap">{text}</p> : <Markdown text={text} />}
      </div>
    </div>
  );
}

import { Lightbulb, Repeat2, SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useLayoutEffect, useRef } from "react";
import { MESSAGE_LIMIT_BYTES } from "./protocol";
import { useRoom } from "./room-context";
import { useKeptText } from "./use-kept-text";
import { HINT_LEVELS } from "@/components/chat/feed";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { byteLength } from "@/lib/byte-length";
import { cn } from "@/lib/class-names";

const NEAR_LIMIT_BYTES = MESSAGE_LIMIT_BYTES - 1024;

/** Where the candidate speaks. */
export function Composer() {
  const { store, view, session } = useRoom();
  const [text, setText] = useKeptText(`mockloop.composer.${session.id}`);
  const box = useGrowing(text);
  const running = view.state.status === "in_progress";
  const bytes = byteLength(text.trim());
  const sendable = running && bytes > 0 && bytes <= MESSAGE_LIMIT_BYTES;

  function send() {
    if (!sendable) return;
    store.send({ type: "Say", text: text.trim() });
    setText("");
    box.current?.focus();
  }

  function pressed(event: KeyboardEvent) {
    // While a Chinese or Japanese word is being composed, Enter belongs to the keyboard.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <div className="shrink-0 border-t px-3 pt-2.5 pb-3">
      <div className="flex items-end gap-2">
        <label htmlFor="say" className="sr-only">
          Message to the interviewer
        </label>
        <Textarea
          id="say"
          ref={box}
          data-composer
          rows={1}
          value={text}
          disabled={!running}
          placeholder={running ? "Think aloud, ask, answer" : "The interview is over"}
          aria-describedby="say-help"
          aria-invalid={bytes > MESSAGE_LIMIT_BYTES}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={pressed}
          className="max-h-40 min-h-11 flex-1 resize-none py-2 text-base lg:text-[0.9375rem]"
        />
        <Button size="icon" className="size-11" aria-label="Send" aria-disabled={!sendable} onClick={send}>
          <SendHorizontal aria-hidden />
        </Button>
      </div>
      <div className="mt-1.5 flex flex-wrap items-center gap-x-1 gap-y-1">
        <HintButtons running={running} />
        <p id="say-help" className={cn("ml-auto text-sm text-muted-foreground", bytes > MESSAGE_LIMIT_BYTES && "text-negative")}>
          {bytes > NEAR_LIMIT_BYTES ? (
            <span className="figures">
              {(bytes / 1024).toFixed(1)} of {MESSAGE_LIMIT_BYTES / 1024} kB
            </span>
          ) : (
            <span className="max-lg:sr-only">Enter sends, Shift Enter breaks the line</span>
          )}
        </p>
      </div>
    </div>
  );
}

function HintButtons({ running }: { running: boolean }) {
  const { store, view } = useRoom();
  const given = view.state.hints_given;
  const asked = view.pending.some(({ command }) => command.type === "AskHint");
  return (
    <>
      <Button variant="ghost" size="sm" disabled={!running} aria-disabled={asked} onClick={() => asked || store.send({ type: "AskHint" })}>
        <Lightbulb aria-hidden />
        Hint
        <span className="figures font-normal text-muted-foreground">
          {Math.min(given, HINT_LEVELS)}
          <span aria-hidden>/</span>
          <span className="sr-only"> of </span>
          {HINT_LEVELS}
          <span className="sr-only"> used</span>
        </span>
      </Button>
      <Button variant="ghost" size="sm" disabled={!running} onClick={() => store.send({ type: "AskRepeat" })}>
        <Repeat2 aria-hidden />
        Repeat
      </Button>
    </>
  );
}

/** A box as high as its text, up to its limit. */
function useGrowing(text: string) {
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.style.height = "auto";
    box.current.style.height = `${box.current.scrollHeight + 2}px`;
  }, [text]);
  return box;
}

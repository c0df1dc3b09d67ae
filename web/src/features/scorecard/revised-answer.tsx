import { Check, Copy } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { paragraphsOf, piecesOf } from "./placeholders";
import type { AnswerFeedback, Entry } from "./scorecard-types";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/class-names";

/** Longer than this, in characters, the candidate's own words are folded. A revised answer is shorter. */
const FOLDED_FROM = 2_400;

/** What the candidate said, and beside it the same said better. */
export function RevisedAnswer({ feedback, entries }: { feedback: AnswerFeedback; entries: readonly Entry[] }) {
  const { said, revised_answer, question } = feedback;
  const own = entries.flatMap(({ seq, event }) => (event.type === "CandidateSaid" && said.includes(seq) ? event.text : []));
  if (!revised_answer) {
    return <p className="text-[0.9375rem] text-muted-foreground">There is no revised answer that rests on your words alone.</p>;
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      {own.length > 0 && <Own messages={own} />}
      <Revised text={revised_answer} known={`${question}\n${own.join("\n")}`} />
    </div>
  );
}

function Own({ messages }: { messages: readonly string[] }) {
  const long = messages.join("").length > FOLDED_FROM;
  const [folded, setFolded] = useState(long);
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-md border px-4 py-3 sm:px-5 sm:py-4">
      <h4 id={id} className="flex min-h-8 items-center font-semibold">
        What you said
      </h4>
      <div
        className={cn(
          "mt-2 flex flex-col gap-3 text-[0.9375rem] text-muted-foreground",
          folded && "max-h-96 overflow-hidden mask-b-from-80% print:max-h-none print:mask-none",
        )}
      >
        {messages.map((text, rank) => (
          <p key={rank} className="whitespace-pre-wrap wrap-anywhere">
            {text}
          </p>
        ))}
      </div>
      {long && (
        <Button
          variant="link"
          size="inline"
          className="mt-2 text-sm print:hidden"
          aria-expanded={!folded}
          onClick={() => setFolded(!folded)}
        >
          {folded ? "Show all you said" : "Show less"}
        </Button>
      )}
    </section>
  );
}

function Revised({ text, known }: { text: string; known: string }) {
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-md border bg-card px-4 py-3 sm:px-5 sm:py-4">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-3">
        <h4 id={id} className="font-semibold">
          Revised answer
        </h4>
        <CopyButton text={text} place={place} />
      </div>
      <div ref={place} className="mt-2 text-[0.9375rem]">
        {paragraphsOf(text).map((paragraph, rank) => (
          <p key={rank} className="wrap-anywhere not-first:mt-2.5">
            {piecesOf(paragraph, known).map((piece, at) =>
              piece.placeholder ? <Placeholder key={at}>{piece.text}</Placeholder> : piece.text,
            )}
          </p>
        ))}
      </div>
    </section>
  );
}

/** Something to fill in. On paper the line below it remains. */
export function Placeholder({ children }: { children: string }) {
  return (
    <mark className="rounded-xs box-decoration-clone border-b border-dashed border-caution bg-caution-soft px-0.5 font-medium text-caution">
      {children}
    </mark>
  );
}

const outcomes: Record<"copied" | "selected", ReactNode> = {
  copied: "Copied",
  selected: "Selected; copy it from there",
};

type CopyButtonProps = { text: string; place: React.RefObject<HTMLElement | null> };

/** Copies a text. Browsers refuse that outside of HTTPS and localhost; then it is selected in its place. */
function CopyButton({ text, place }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<keyof typeof outcomes | null>(null);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
    } catch {
      if (place.current) window.getSelection()?.selectAllChildren(place.current);
      setOutcome("selected");
    }
  }
  return (
    <div className="flex items-center gap-2 print:hidden">
      <span role="status" className="text-sm text-muted-foreground">
        {outcome && outcomes[outcome]}
      </span>
      <Button variant="ghost" size="sm" className="-mr-2" aria-label="Copy the revised answer" onClick={() => void copy()}>
        {outcome === "copied" ? <Check aria-hidden /> : <Copy aria-hidden />}
        Copy
      </Button>
    </div>
  );
}

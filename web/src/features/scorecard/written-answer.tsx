import { ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
import { EvidenceList } from "./evidence-link";
import { RevisedAnswer } from "./revised-answer";
import type { AnswerFeedback, Entry } from "./scorecard-types";
import { Paragraphs } from "./written-session";

type WrittenAnswerProps = { feedback: AnswerFeedback; entries: readonly Entry[]; open: boolean };

/** What a model wrote about one answer. */
export function WrittenAnswer({ feedback, entries, open }: WrittenAnswerProps) {
  const { id, question, overall_assessment, what_landed, what_didnt_land, coaching } = feedback;
  const approach = id === "approach";
  return (
    <details className="group border-b" open={open}>
      <summary className="grid cursor-pointer list-none grid-cols-[auto_1fr] items-baseline gap-x-3 py-4 hover:bg-accent [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-5 self-start text-muted-foreground transition-transform group-open:rotate-90"
          aria-hidden
        />
        <h3 className="text-base leading-normal font-semibold tracking-normal wrap-anywhere">
          {approach ? "How you explained your approach" : question}
        </h3>
      </summary>
      <div className="flex flex-col gap-7 pb-8 sm:pl-8">
        <div className="flex max-w-3xl flex-col gap-2">
          {approach && <p className="text-[0.9375rem] text-muted-foreground wrap-anywhere">{question}</p>}
          <Paragraphs text={overall_assessment} />
        </div>
        {what_landed.length + what_didnt_land.length > 0 && (
          <div className="grid gap-x-12 gap-y-7 lg:grid-cols-2">
            <Findings title="What landed" count={what_landed.length}>
              {what_landed.map(({ why, evidence }, rank) => (
                <Finding key={rank} text={why}>
                  <EvidenceList evidence={evidence} />
                </Finding>
              ))}
            </Findings>
            <Findings title="What did not land" count={what_didnt_land.length}>
              {what_didnt_land.map(({ gap, next_step }, rank) => (
                <Finding key={rank} text={gap}>
                  {next_step && (
                    <p className="text-[0.9375rem] text-muted-foreground wrap-anywhere">
                      <span className="font-medium text-foreground">Next time:</span> {next_step}
                    </p>
                  )}
                </Finding>
              ))}
            </Findings>
          </div>
        )}
        {coaching && (
          <div className="max-w-3xl">
            <h4 className="font-semibold">How to get there</h4>
            <Paragraphs text={coaching} className="mt-1.5" />
          </div>
        )}
        <RevisedAnswer feedback={feedback} entries={entries} />
      </div>
    </details>
  );
}

function Findings({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h4 id={id} className="font-semibold">
        {title}
      </h4>
      {count === 0 ? <p className="mt-1.5 text-muted-foreground">Nothing stands out.</p> : <ul>{children}</ul>}
    </section>
  );
}

function Finding({ text, children }: { text: string; children: ReactNode }) {
  return (
    <li className="flex flex-col gap-1 border-b py-3 last:border-b-0">
      {text && <p className="wrap-anywhere">{text}</p>}
      {children}
    </li>
  );
}

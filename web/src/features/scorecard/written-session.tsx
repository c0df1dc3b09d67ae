import { useId } from "react";
import { CriterionLink } from "./criterion-link";
import { paragraphsOf } from "./placeholders";
import type { Dimension, Pointed, SessionFeedback } from "./scorecard-types";

type WrittenSessionProps = { feedback: SessionFeedback; dimensions: readonly Dimension[] };

/** What a model wrote about the whole session. */
export function WrittenSession({ feedback, dimensions }: WrittenSessionProps) {
  const { overall_assessment, key_strengths, areas_to_improve, coaching_priorities, next_steps } = feedback;
  return (
    <div className="flex flex-col gap-8">
      <Paragraphs text={overall_assessment} className="max-w-3xl text-lg" />
      {key_strengths.length + areas_to_improve.length > 0 && (
        <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
          <Points title="Strengths" points={key_strengths} dimensions={dimensions} />
          <Points title="To improve" points={areas_to_improve} dimensions={dimensions} />
        </div>
      )}
      {(coaching_priorities.length > 0 || next_steps) && (
        <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
          {coaching_priorities.length > 0 && <Priorities priorities={coaching_priorities} />}
          {next_steps && (
            <div className="min-w-0">
              <h3 className="font-semibold tracking-normal">Next step</h3>
              <Paragraphs text={next_steps} className="mt-2" />
            </div>
          )}
        </div>
      )}
    </div>
  );
}

type PointsProps = { title: string; points: readonly Pointed[]; dimensions: readonly Dimension[] };

function Points({ title, points, dimensions }: PointsProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h3 id={id} className="font-semibold tracking-normal">
        {title}
      </h3>
      {points.length === 0 && <p className="mt-2 text-muted-foreground">Nothing stands out.</p>}
      <ul>
        {points.map(({ criterion, text }) => (
          <li key={`${criterion} ${text}`} className="flex flex-col gap-1 border-b py-3 last:border-b-0">
            <p className="wrap-anywhere">{text}</p>
            <CriterionLink id={criterion} dimensions={dimensions} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Priorities({ priorities }: { priorities: readonly string[] }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h3 id={id} className="font-semibold tracking-normal">
        Priorities
      </h3>
      <ol className="mt-2 flex list-decimal flex-col gap-1.5 pl-6 marker:text-muted-foreground">
        {priorities.map((text) => (
          <li key={text} className="pl-1 wrap-anywhere">
            {text}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Plain text in paragraphs; nothing where there is none. */
export function Paragraphs({ text, className }: { text: string; className?: string }) {
  const paragraphs = paragraphsOf(text);
  if (paragraphs.length === 0) return null;
  return (
    <div className={className}>
      {paragraphs.map((paragraph, rank) => (
        <p key={rank} className="wrap-anywhere not-first:mt-2.5">
          {paragraph}
        </p>
      ))}
    </div>
  );
}

import { ChevronRight } from "lucide-react";
import { EvidenceList } from "./evidence-link";
import { Objection } from "./objection";
import { type CriterionMark, criterionPlace, type Dimension, metLabels, outOfTen, pointsOf } from "./scorecard-types";
import { Badge } from "@/components/ui/badge";

/** Each dimension with its criteria: the points, why, and what they rest on. */
export function Dimensions({ dimensions }: { dimensions: readonly Dimension[] }) {
  return (
    <section aria-labelledby="dimensions-title">
      <h2 id="dimensions-title" className="text-xl font-semibold">
        How the mark comes about
      </h2>
      <div className="mt-3 border-t">
        {dimensions.map((dimension) => (
          <DimensionPart key={dimension.id} dimension={dimension} />
        ))}
      </div>
    </section>
  );
}

function DimensionPart({ dimension }: { dimension: Dimension }) {
  const { title, mark, weight, explanation, criteria } = dimension;
  return (
    <details className="group border-b">
      <summary className="grid cursor-pointer list-none grid-cols-[auto_1fr_auto] items-center gap-x-3 py-4 hover:bg-accent [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-5 text-muted-foreground transition-transform group-open:rotate-90" aria-hidden />
        <h3 className="text-base font-semibold tracking-normal">
          {title}
          <span className="ml-2 text-sm font-normal text-muted-foreground">
            {weight ? `${weight} % of the mark` : "beside the mark"}
          </span>
        </h3>
        <span className="figures text-lg">{outOfTen(mark).toFixed(1)}</span>
      </summary>
      <div className="pb-4 pl-8">
        <p className="max-w-3xl text-muted-foreground">{explanation}</p>
        <EvidenceList evidence={restsOn(criteria)} />
        <ul className="mt-3">
          {criteria.map((criterion) => (
            <Criterion key={criterion.id} criterion={criterion} />
          ))}
        </ul>
      </div>
    </details>
  );
}

const MOST_SHOWN = 3;

/** What the explanation of a dimension rests on: the first place of each criterion; that there is none, only if so. */
function restsOn(criteria: readonly CriterionMark[]) {
  const first = criteria.flatMap(({ evidence }) => evidence?.slice(0, 1) ?? []);
  const places = first.filter(({ seq }) => typeof seq === "number");
  return (places.length > 0 ? places : first).slice(0, MOST_SHOWN);
}

/** How sure the judge is of a mark for a free answer. */
function Confidence({ criterion: { band, confidence } }: { criterion: CriterionMark }) {
  if (!band || typeof confidence !== "number") return null;
  return (
    <p className="figures text-sm text-muted-foreground">
      Range {outOfTen(band.low).toFixed(1)} to {outOfTen(band.high).toFixed(1)}, confidence {Math.round(confidence * 100)} %
    </p>
  );
}

function Criterion({ criterion }: { criterion: CriterionMark }) {
  const { text, met, explanation, evidence } = criterion;
  const { label, tone } = metLabels[met];
  return (
    <li
      id={criterionPlace(criterion.id)}
      tabIndex={-1}
      className="-mx-2 grid gap-x-6 gap-y-1 border-t px-2 py-3.5 focus:bg-accent focus:outline-none sm:grid-cols-[1fr_auto]"
    >
      <p className="font-medium">{text}</p>
      <p className="flex items-center gap-3 sm:justify-end">
        <Badge tone={tone}>{label}</Badge>
        <span className="figures text-sm text-muted-foreground">
          {pointsOf(criterion)}
        </span>
      </p>
      <div className="flex min-w-0 flex-col gap-1 sm:col-span-2">
        <p className="text-[0.9375rem]">{explanation}</p>
        <Confidence criterion={criterion} />
        <EvidenceList evidence={evidence ?? []} />
        <Objection criterion={criterion} />
      </div>
    </li>
  );
}

import { EvidenceList } from "./evidence-link";
import { outcomeTones, outOfTen, readinessTones, type Scorecard } from "./scorecard-types";
import { Dial } from "@/components/charts/dial";
import { MarkBar } from "@/components/charts/mark-bar";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";

/** The mark, what it would have meant, and what it is made of. */
export function Summary({ scorecard }: { scorecard: Scorecard }) {
  const { overall, dimensions, tests_passed, tests_total, hints_used, minutes_used } = scorecard;
  return (
    <Card className="grid gap-8 px-5 py-7 sm:px-8 md:grid-cols-[15rem_1fr] md:gap-12">
      <div className="flex gap-6 max-md:flex-wrap md:flex-col md:gap-4">
        <Dial value={outOfTen(overall)} label="Overall mark" className="shrink-0 max-sm:size-28" />
        <Decisions scorecard={scorecard} />
      </div>
      <div className="flex flex-col gap-5">
        {dimensions.map(({ id, title, mark, weight }) => (
          <MarkBar key={id} title={title} value={outOfTen(mark)} note={weight ? `${weight} %` : "beside the mark"} />
        ))}
        <dl className="figures flex flex-wrap gap-x-8 gap-y-2 border-t pt-4 text-[0.9375rem]">
          <Fact name="Tests passed" value={`${tests_passed} of ${tests_total}`} />
          <Fact name="Hints taken" value={String(hints_used)} />
          <Fact name="Minutes used" value={String(Math.round(minutes_used))} />
        </dl>
      </div>
    </Card>
  );
}

/** What it would have meant in a real interview, and how ready it shows one to be, with what decided. */
function Decisions({ scorecard }: { scorecard: Scorecard }) {
  const { outcome, outcome_reason, outcome_evidence, readiness, readiness_reason, readiness_evidence } = scorecard;
  return (
    <div className="flex min-w-0 flex-1 basis-60 flex-col gap-4 md:flex-none md:basis-auto">
      <div className="flex flex-col items-start gap-2">
        <p className="sr-only">If this had been a real interview:</p>
        <Badge tone={outcomeTones[outcome]} className="px-3 py-1 text-base">
          {outcome}
        </Badge>
        <p className="text-[0.9375rem] text-muted-foreground">{outcome_reason}</p>
        <EvidenceList evidence={outcome_evidence ?? []} />
      </div>
      {readiness && (
        <div className="flex flex-col items-start gap-2 border-t pt-4">
          <p className="sr-only">How ready this session shows you to be:</p>
          <Badge tone={readinessTones[readiness]} className="px-3 py-1 text-base">
            {readiness}
          </Badge>
          <p className="text-[0.9375rem] text-muted-foreground">{readiness_reason}</p>
          <EvidenceList evidence={readiness_evidence ?? []} />
        </div>
      )}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex gap-2">
      <dt className="text-muted-foreground">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

import { outcomeTones, outOfTen, type Scorecard } from "./scorecard-types";
import { Dial } from "@/components/charts/dial";
import { MarkBar } from "@/components/charts/mark-bar";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";

/** The mark, what it would have meant, and what it is made of. */
export function Summary({ scorecard }: { scorecard: Scorecard }) {
  const { overall, outcome, outcome_reason, dimensions, tests_passed, tests_total, hints_used, minutes_used } = scorecard;
  return (
    <Card className="grid gap-8 px-5 py-7 sm:px-8 md:grid-cols-[15rem_1fr] md:gap-12">
      <div className="flex items-center gap-6 md:flex-col md:items-start md:gap-4">
        <Dial value={outOfTen(overall)} label="Overall mark" className="shrink-0 max-sm:size-28" />
        <div className="flex flex-col items-start gap-2">
          <p className="sr-only">If this had been a real interview:</p>
          <Badge tone={outcomeTones[outcome]} className="px-3 py-1 text-base">
            {outcome}
          </Badge>
          <p className="text-[0.9375rem] text-muted-foreground">{outcome_reason}</p>
        </div>
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

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex gap-2">
      <dt className="text-muted-foreground">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

import { EvidenceList } from "./evidence-link";
import { type Appeal, type AppealOutcome, type CriterionMark, metLabels, outOfTen, pointsOf } from "./scorecard-types";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/class-names";

/** An objection, the mark before and after, and why. */
export function AppealResult({ appeal, result }: { appeal: Appeal; result: AppealOutcome }) {
  const { first, second, counts, why, overall_before, overall_after } = result;
  const raised = overall_after > overall_before;
  return (
    <section aria-label={`Objection to: ${appeal.title}`} className="mt-2 flex max-w-3xl flex-col gap-3 rounded-md border p-4">
      <div className="flex flex-col gap-1">
        <h4 className="text-sm font-medium">You objected</h4>
        <p className="text-[0.9375rem] text-muted-foreground wrap-anywhere">{appeal.reason}</p>
      </div>
      <dl className="grid gap-3 sm:grid-cols-2">
        <MarkBeside name="First mark" mark={first} counts={counts === "first"} />
        <MarkBeside name="Second mark" mark={second} counts={counts === "second"} />
      </dl>
      <ul className="flex flex-col gap-2">
        {why.map(({ text, evidence }) => (
          <li key={text} className="flex flex-col gap-1 text-[0.9375rem]">
            <p>{text}</p>
            <EvidenceList evidence={evidence} />
          </li>
        ))}
      </ul>
      <p className="figures text-sm text-muted-foreground">
        {raised
          ? `Overall: ${outOfTen(overall_before).toFixed(1)} before, ${outOfTen(overall_after).toFixed(1)} now.`
          : `Overall stays ${outOfTen(overall_after).toFixed(1)}.`}
      </p>
    </section>
  );
}

function MarkBeside({ name, mark, counts }: { name: string; mark: CriterionMark; counts: boolean }) {
  const { label, tone } = metLabels[mark.met];
  return (
    <div className={cn("flex min-w-0 flex-col gap-1 rounded-sm border px-3 py-2.5", counts && "border-primary bg-primary-soft")}>
      <dt className="flex items-center justify-between gap-2 text-sm text-muted-foreground">
        {name}
        {counts && <span className="font-medium text-primary">counts</span>}
      </dt>
      <dd className="flex flex-col gap-1">
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Badge tone={tone}>{label}</Badge>
          <span className="figures text-sm">{pointsOf(mark)}</span>
        </span>
        <span className="text-sm wrap-anywhere">{mark.explanation}</span>
        <EvidenceList evidence={mark.evidence ?? []} />
      </dd>
    </div>
  );
}

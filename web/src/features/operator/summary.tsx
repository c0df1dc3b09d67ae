import { useId } from "react";
import type { Report } from "./use-report";
import { Progress } from "@/components/ui/progress";
import { costLabel, countLabel, shareLabel } from "@/lib/figures";

/** The range in a line of figures, and today's budget of the installation. */
export function Summary({ report }: { report: Report }) {
  const { total, today } = report;
  const figures = [
    { label: "Calls", value: countLabel(total.calls) },
    { label: "With a fault", value: shareLabel(total.faulty_calls, total.calls) },
    { label: "Tokens read", value: countLabel(total.input_tokens) },
    { label: "Read from a cache", value: shareLabel(total.cached_tokens, total.input_tokens) },
    { label: "Tokens written", value: countLabel(total.output_tokens) },
    { label: "Estimated cost", value: costLabel(total.cost_usd, 2) },
  ];
  return (
    <div className="flex flex-col gap-6 rounded-lg border bg-card p-4 sm:p-6">
      {total.calls > 0 && (
        <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
          {figures.map(({ label, value }) => (
            <div key={label} className="flex flex-col-reverse justify-end">
              <dt className="text-sm text-muted-foreground">{label}</dt>
              <dd className="figures text-xl font-medium">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <section aria-label="Today from this installation’s providers" className="flex flex-col gap-3">
        <h2 className="text-[0.9375rem] font-medium">Today from this installation’s providers</h2>
        <div className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
          <Budget verb="read" used={today.input_tokens} most={today.most_input_tokens} />
          <Budget verb="written" used={today.output_tokens} most={today.most_output_tokens} />
        </div>
      </section>
    </div>
  );
}

function Budget({ verb, used, most }: { verb: string; used: number; most: number | null }) {
  const id = useId();
  const spent = most !== null && used >= most;
  return (
    <div className="flex flex-col gap-1.5">
      <p id={id} className="figures text-[0.9375rem]">
        {most === null
          ? `${countLabel(used)} tokens ${verb}, no limit set`
          : `${countLabel(used)} of ${countLabel(most)} tokens ${verb}`}
        {spent && <span className="font-medium text-caution"> · used up</span>}
      </p>
      {most !== null && (
        <Progress aria-labelledby={id} value={Math.min(used, most)} max={Math.max(most, 1)} barClassName={spent ? "bg-caution" : undefined} />
      )}
    </div>
  );
}

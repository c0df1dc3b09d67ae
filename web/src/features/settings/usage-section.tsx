import { useId } from "react";
import { type Usage, type UsagePeriod, useUsage } from "./use-models";
import { type Column, FiguresTable } from "@/components/ui/figures-table";
import { Skeleton } from "@/components/ui/skeleton";
import { costLabel, countLabel, faultsLabel, NONE, secondsLabel } from "@/lib/figures";

/** What calls to models used today and this month. */
export function UsageSection() {
  const { data, error } = useUsage();
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-5">
      <h2 id={id} className="text-xl font-semibold">
        Usage
      </h2>
      {error && !data && <p role="alert">The usage could not be loaded. {error.message}</p>}
      {!data && !error && <Skeleton className="h-24" />}
      {data && <Figures usage={data} />}
    </section>
  );
}

function Figures({ usage }: { usage: Usage }) {
  const { today, month, day_input_tokens, day_output_tokens } = usage;
  return (
    <>
      <p className="figures text-[0.9375rem]">
        Today: {countLabel(today.input_tokens)} of {countLabel(day_input_tokens)} tokens read, {countLabel(today.output_tokens)} of{" "}
        {countLabel(day_output_tokens)} written. When they are used up, the built-in interviewer goes on. Days are those of UTC.
      </p>
      {month.lines.length === 0 ? (
        <p className="text-muted-foreground">No model was called this month.</p>
      ) : (
        <>
          <UsageTable caption="Today" period={today} />
          <UsageTable caption="This month" period={month} />
        </>
      )}
    </>
  );
}

const columns: Column[] = [
  { label: "For", words: true },
  { label: "Model", words: true },
  { label: "Calls" },
  { label: "Read" },
  { label: "Written" },
  { label: "Cost" },
  { label: "First words" },
  { label: "Faults", words: true },
];

function UsageTable({ caption, period }: { caption: string; period: UsagePeriod }) {
  if (period.lines.length === 0) return null;
  const cost = period.cost_usd === null ? "" : `, about ${costLabel(period.cost_usd, 2)}`;
  const rows = period.lines.map((line) => ({
    key: `${line.mode} ${line.model}`,
    cells: [
      line.mode,
      <span key="model" className="whitespace-nowrap">
        {line.model}
      </span>,
      countLabel(line.calls),
      countLabel(line.input_tokens),
      countLabel(line.output_tokens),
      costLabel(line.cost_usd),
      line.first_s === null ? NONE : secondsLabel(line.first_s),
      faultsLabel(line.faults),
    ],
  }));
  return <FiguresTable name={`Usage, ${caption.toLowerCase()}`} caption={caption + cost} columns={columns} rows={rows} />;
}

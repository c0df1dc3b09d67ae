import { useId } from "react";
import { type Usage, type UsagePeriod, useUsage } from "./use-models";
import { Skeleton } from "@/components/ui/skeleton";

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

const count = (tokens: number) => tokens.toLocaleString("en-GB");

function Figures({ usage }: { usage: Usage }) {
  const { today, month, day_input_tokens, day_output_tokens } = usage;
  return (
    <>
      <p className="figures text-[0.9375rem]">
        Today: {count(today.input_tokens)} of {count(day_input_tokens)} tokens read, {count(today.output_tokens)} of{" "}
        {count(day_output_tokens)} written. When they are used up, the built-in interviewer goes on. Days are those of UTC.
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

const headings = ["For", "Model", "Calls", "Read", "Written", "Cost", "First words", "Faults"];

function UsageTable({ caption, period }: { caption: string; period: UsagePeriod }) {
  if (period.lines.length === 0) return null;
  return (
    <div tabIndex={0} role="group" aria-label={`Usage, ${caption.toLowerCase()}`} className="overflow-x-auto rounded-lg border bg-card">
      <table className="figures w-full text-left text-sm">
        <caption className="px-4 pt-3 text-left text-[0.9375rem] font-medium">
          {caption}
          {period.cost_usd !== null && `, about $${period.cost_usd.toFixed(2)}`}
        </caption>
        <thead>
          <tr className="border-b text-muted-foreground">
            {headings.map((heading) => (
              <th key={heading} scope="col" className="px-4 py-2 font-medium whitespace-nowrap">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {period.lines.map((line) => (
            <tr key={`${line.mode} ${line.model}`}>
              <td className="px-4 py-2">{line.mode}</td>
              <td className="px-4 py-2 whitespace-nowrap">{line.model}</td>
              <td className="px-4 py-2">{count(line.calls)}</td>
              <td className="px-4 py-2">{count(line.input_tokens)}</td>
              <td className="px-4 py-2">{count(line.output_tokens)}</td>
              <td className="px-4 py-2">{line.cost_usd === null ? "–" : `$${line.cost_usd.toFixed(4)}`}</td>
              <td className="px-4 py-2">{line.first_s === null ? "–" : `${line.first_s.toFixed(1)} s`}</td>
              <td className="px-4 py-2">{faultsLabel(line.faults)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function faultsLabel(faults: Record<string, number>): string {
  const named = Object.entries(faults).map(([fault, times]) => `${fault.replaceAll("_", " ")} ${times}`);
  return named.join(", ") || "–";
}

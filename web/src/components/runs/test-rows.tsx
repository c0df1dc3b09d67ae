import { ChevronRight } from "lucide-react";
import { type TestRun, testOutcomeLabels } from "./outcomes";
import { Badge } from "@/components/ui/badge";
import { tookLabel } from "@/lib/clock-label";

/** The visible tests of a run, one row each; those that failed lie open. */
export function TestRows({ tests }: { tests: readonly TestRun[] }) {
  return (
    <ul className="flex flex-col">
      {tests.map((test) => (
        <li key={test.index} className="border-b last:border-b-0">
          <TestRow test={test} />
        </li>
      ))}
    </ul>
  );
}

function TestRow({ test }: { test: TestRun }) {
  const { label, tone } = testOutcomeLabels[test.outcome];
  const facts = [
    ["Arguments", test.arguments],
    ["Expected", test.expected],
    ["Returned", test.actual],
    // Of tests that did not run the reason is the same, and stands above them all.
    ["Message", test.outcome === "not_run" ? "" : test.message],
  ].filter(([, value]) => value);
  return (
    <details open={test.outcome !== "passed" && test.outcome !== "not_run"} className="group/test">
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-3 py-1.5 [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-4 shrink-0 text-muted-foreground transition-transform group-open/test:rotate-90" aria-hidden />
        <span>Test {test.index + 1}</span>
        <Badge tone={tone}>{label}</Badge>
        {test.outcome !== "not_run" && (
          <span className="figures ml-auto text-sm text-muted-foreground">{tookLabel(test.wall_s)}</span>
        )}
      </summary>
      <dl className="grid grid-cols-[5.5rem_1fr] gap-x-3 gap-y-1.5 pb-3 pl-7 text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="font-mono wrap-anywhere whitespace-pre-wrap">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

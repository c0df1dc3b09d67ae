import { EvidenceList, MomentLink } from "./evidence-link";
import { growthLabel, type Scorecard } from "./scorecard-types";
import { Badge } from "@/components/ui/badge";
import { tookLabel } from "@/lib/clock-label";

/** What the tests found, edge case by edge case. */
export function Edges({ edges }: { edges: Scorecard["edges"] }) {
  if (edges.length === 0) return null;
  const missedFirst = edges.toSorted((one, other) => Number(one.passed) - Number(other.passed));
  return (
    <section aria-labelledby="edges-title" className="min-w-0">
      <h2 id="edges-title" className="text-xl font-semibold">
        Edge cases
      </h2>
      <table className="mt-3 w-full border-collapse text-left text-[0.9375rem]">
        <thead className="sr-only">
          <tr>
            <th scope="col">Case</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          {missedFirst.map(({ edge, passed, why, evidence }) => (
            <tr key={edge} className="border-b align-top">
              <th scope="row" className="py-2.5 pr-4 font-normal">
                <span className="font-medium">{edge.replaceAll("-", " ")}</span>
                {why && <span className="block text-sm text-muted-foreground wrap-anywhere">{why}</span>}
                <EvidenceList evidence={evidence ?? []} />
              </th>
              <td className="py-2.5 text-right">
                <Badge tone={passed ? "positive" : "negative"}>{passed ? "Passed" : "Missed"}</Badge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How the running time grows: said, measured, and the best that is known. */
export function ComplexityPart({ complexity }: { complexity: Scorecard["complexity"] }) {
  const { stated, stated_seq, measured, measured_seq, target, timings } = complexity;
  return (
    <section aria-labelledby="complexity-title" className="min-w-0">
      <h2 id="complexity-title" className="text-xl font-semibold">
        Running time
      </h2>
      <dl className="mt-3 grid grid-cols-3 border-y">
        {[
          { name: "You said", value: stated ?? "nothing", seq: stated_seq, kind: "You said" },
          { name: "Measured", value: measured ? growthLabel(measured) : "not measured", seq: measured_seq, kind: "Your code" },
          { name: "Best known", value: growthLabel(target), seq: null, kind: "" },
        ].map(({ name, value, seq, kind }) => (
          <div key={name} className="flex flex-col gap-0.5 py-3 pr-2">
            <dt className="text-sm text-muted-foreground">{name}</dt>
            <dd className="wrap-anywhere">
              {value}
              {seq !== null && seq !== undefined && (
                <MomentLink seq={seq}>
                  <span className="sr-only">{kind}</span>
                </MomentLink>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {timings && timings.length > 0 && <Timings timings={timings} />}
    </section>
  );
}

function Timings({ timings }: { timings: Scorecard["complexity"]["timings"] }) {
  const longest = Math.max(...timings.map(([, seconds]) => seconds), Number.MIN_VALUE);
  return (
    <table className="figures mt-4 w-full text-left text-sm">
      <caption className="pb-1 text-left text-muted-foreground">Your code on growing inputs</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Size</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {timings.map(([size, seconds]) => (
          <tr key={size}>
            <th scope="row" className="w-24 py-1 pr-3 text-right font-normal">
              {size.toLocaleString("en")}
            </th>
            <td className="py-1">
              <span className="flex items-center gap-2">
                <span aria-hidden className="h-2 min-w-0.5 rounded-full bg-primary/60" style={{ width: `${(seconds / longest) * 60}%` }} />
                {tookLabel(seconds)}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { Dial } from "@/components/charts/dial";
import { MarkBar } from "@/components/charts/mark-bar";
import { Badge } from "@/components/ui/badge";

/** The weights are the product's own; the marks add up to the overall one: 3.4 + 1.4 + 1.3 + 1.6. */
const dimensions = [
  { title: "Correctness", weight: 40, value: 8.5 },
  { title: "Efficiency", weight: 20, value: 7 },
  { title: "Code quality", weight: 20, value: 6.5 },
  { title: "Problem-solving process", weight: 20, value: 8 },
];

const notes = [
  { at: "01:47", text: "Asked whether bookings may touch before planning, and the code handles them." },
  { at: "06:30", text: "Said n log n. Measured on growing inputs: n log n." },
  { at: "17:05", text: "The empty day failed in the first run, was found with a hint, and stayed fixed." },
  { at: "24:10", text: "The function is one block of 41 lines; the inner loop wants a name." },
];

export function SampleScorecard() {
  return (
    <section id="sample" aria-labelledby="sample-title" className="border-t py-20">
      <h2 id="sample-title" className="max-w-2xl text-3xl font-semibold sm:text-4xl">
        A scorecard you can argue with
      </h2>
      <p className="mt-4 max-w-2xl text-lg text-muted-foreground">
        Every number points to a moment: what you said, what you ran, what the tests found.
      </p>
      <figure className="mt-10 rounded-lg border bg-card" aria-labelledby="sample-caption">
        <figcaption
          id="sample-caption"
          className="flex flex-wrap items-center justify-between gap-3 border-b px-5 py-3 text-sm text-muted-foreground sm:px-8"
        >
          <span>Rooms for bookings · Python · 27 minutes</span>
          <Badge tone="caution">Sample, not a real session</Badge>
        </figcaption>
        <div className="grid gap-10 px-5 py-8 sm:px-8 lg:grid-cols-[auto_1fr_1.25fr] lg:gap-14">
          <div className="flex items-center gap-6 lg:flex-col lg:items-start lg:gap-3">
            <Dial value={7.7} label="Overall mark of the sample" />
            <p className="flex flex-col">
              <span className="text-xl font-semibold">Hire</span>
              <span className="text-sm text-muted-foreground">likely outcome</span>
            </p>
          </div>
          <div className="flex flex-col gap-5">
            {dimensions.map(({ title, weight, value }) => (
              <MarkBar key={title} title={title} value={value} note={`${weight} %`} />
            ))}
          </div>
          <ol className="flex flex-col gap-4">
            {notes.map(({ at, text }) => (
              <li key={at} className="grid grid-cols-[3.25rem_1fr] gap-x-3">
                <span className="figures text-sm leading-6 text-primary">{at}</span>
                <p className="leading-6">{text}</p>
              </li>
            ))}
          </ol>
        </div>
      </figure>
    </section>
  );
}

const parts = [
  { title: "Correctness", weight: 40, text: "Hidden tests, grouped by the edge case each stands for." },
  { title: "Efficiency", weight: 20, text: "Running time measured on growing inputs, beside the one you stated." },
  { title: "Code quality", weight: 20, text: "Naming, structure, length and nesting, code that never runs." },
  {
    title: "Problem-solving process",
    weight: 20,
    text: "Asked before coding, planned, tried own cases, found and fixed bugs, hints used, time kept.",
  },
];

export function Marks() {
  return (
    <section id="marks" aria-labelledby="marks-title" className="border-t py-20">
      <div className="grid gap-x-16 gap-y-10 lg:grid-cols-[1fr_2fr]">
        <div>
          <h2 id="marks-title" className="text-3xl font-semibold sm:text-4xl">
            How the marks come about
          </h2>
          <p className="mt-4 text-lg text-muted-foreground">
            What interviews you does not mark you. The judge looks at criteria first, then for evidence in your own
            words, code and runs.
          </p>
        </div>
        <div>
          <dl>
            {parts.map(({ title, weight, text }) => (
              <div key={title} className="grid grid-cols-[4.5rem_1fr] items-baseline gap-x-4 border-b pb-5 not-first:pt-5">
                <dt className="contents">
                  <span className="figures text-2xl text-primary">{weight}</span>
                  <span className="font-semibold">{title}</span>
                </dt>
                <dd className="col-start-2 text-muted-foreground">{text}</dd>
              </div>
            ))}
          </dl>
          <ul className="mt-8 flex max-w-2xl flex-col gap-3">
            <li>Communication stands beside the mark, and does not change it.</li>
            <li>No quote, no credit: a criterion counts as met only with the place where you met it.</li>
            <li>If our sandbox or server fails, it says so, and it costs you no mark.</li>
          </ul>
        </div>
      </div>
    </section>
  );
}

import { SessionRuler } from "@/components/charts/session-ruler";

const segments = [
  {
    id: "understand",
    title: "Understand",
    minutes: 4,
    text: "You read the problem and ask what is unclear. The interviewer answers what you ask, and volunteers little.",
  },
  {
    id: "plan",
    title: "Plan",
    minutes: 5,
    text: "You say how you would solve it and what it costs. A vague plan, or a wrong running time, gets a question back.",
  },
  {
    id: "code",
    title: "Code",
    minutes: 13,
    text: "Python, JavaScript or TypeScript. Run it with your own input, run the tests. Nobody talks while you type.",
  },
  {
    id: "review",
    title: "Review",
    minutes: 4,
    text: "Edge cases and running time, starting with the case your code misses. Hints come one rung at a time.",
  },
  {
    id: "wrap-up",
    title: "Follow-up",
    minutes: 4,
    text: "One further question on the same problem. Then the scorecard, within a second of the end.",
  },
];

const starts = segments.map((_, index) => segments.slice(0, index).reduce((sum, { minutes }) => sum + minutes, 0));

export function HalfHour() {
  return (
    <section id="half-hour" aria-labelledby="half-hour-title" className="border-t py-20">
      <div className="grid gap-x-16 gap-y-6 lg:grid-cols-[1fr_2fr]">
        <div>
          <h2 id="half-hour-title" className="text-3xl font-semibold sm:text-4xl">
            Thirty minutes, five parts
          </h2>
          <p className="mt-4 text-lg text-muted-foreground">
            The clock is the server’s. Close the laptop, reload, go on with your phone: the session is where you left
            it. You may shorten and lengthen the parts.
          </p>
        </div>
        <div>
          <SessionRuler segments={segments} />
          <ol className="mt-2">
            {segments.map(({ id, title, minutes, text }, index) => (
              <li key={id} className="grid grid-cols-[4.5rem_1fr] gap-x-4 border-b py-5 sm:grid-cols-[4.5rem_8rem_1fr]">
                <span className="figures text-muted-foreground">
                  {starts[index]}–{(starts[index] ?? 0) + minutes}
                </span>
                <h3 className="text-base leading-6 font-semibold tracking-normal">{title}</h3>
                <p className="col-start-2 text-muted-foreground sm:col-start-3">{text}</p>
              </li>
            ))}
          </ol>
        </div>
      </div>
    </section>
  );
}

import { TryLink } from "./entry-links";
import { buttonVariants } from "@/components/ui/button-variants";
import { cn } from "@/lib/class-names";

type Line = { at: string; who: "Interviewer" | "You" | "Tests"; text: string };

const excerpt: Line[] = [
  { at: "00:12", who: "Interviewer", text: "Here is a day of bookings, each with a start and an end. How many rooms does it need?" },
  { at: "01:47", who: "You", text: "May one booking end at the minute the next one starts?" },
  { at: "01:48", who: "Interviewer", text: "Yes, and the room is free again at that minute." },
  { at: "06:30", who: "You", text: "I would sort by start and keep the end times in a heap. That is n log n." },
  { at: "17:05", who: "Tests", text: "2 of 3 passed" },
  { at: "17:09", who: "Interviewer", text: "What does a day without a single booking look like to your code?" },
];

export function Hero() {
  return (
    <section className="grid gap-12 pt-12 pb-20 lg:grid-cols-[minmax(0,11fr)_minmax(0,10fr)] lg:gap-16 lg:pt-24 lg:pb-28">
      <div className="flex flex-col items-start gap-7">
        <h1 className="text-[clamp(2.6rem,6.2vw,4.5rem)] leading-[1.03] font-semibold tracking-[-0.04em]">
          Sit a coding interview tonight.
        </h1>
        <p className="max-w-[34rem] text-lg text-muted-foreground sm:text-xl sm:leading-relaxed">
          MockLoop gives you half an hour with an interviewer that asks, listens and follows up, an editor that runs
          your code, and a scorecard that shows where every mark comes from.
        </p>
        <div className="flex flex-wrap gap-3">
          <TryLink size="lg" />
          <a href="#sample" className={buttonVariants({ variant: "outline", size: "lg" })}>
            See a sample scorecard
          </a>
        </div>
        <p className="text-[0.9375rem] text-muted-foreground">
          Open source and self-hosted. No API key, no account anywhere else.
        </p>
      </div>
      <Excerpt />
    </section>
  );
}

function Excerpt() {
  return (
    <figure className="self-end rounded-lg border bg-card">
      <figcaption className="border-b px-5 py-3 text-sm text-muted-foreground">
        How a session reads: an example, shortened
      </figcaption>
      <ol className="flex flex-col gap-4 px-5 py-5">
        {excerpt.map(({ at, who, text }) => (
          <li key={at} className="grid grid-cols-[3.25rem_1fr] gap-x-3">
            <span className="figures pt-px text-sm leading-6 text-muted-foreground">{at}</span>
            <p className={cn("leading-6", who === "You" && "border-l-2 border-primary pl-3")}>
              <span className="mr-2 text-sm font-medium text-muted-foreground">{who}</span>
              {text}
            </p>
          </li>
        ))}
      </ol>
    </figure>
  );
}

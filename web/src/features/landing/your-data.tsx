import { TryLink } from "./entry-links";

const facts = [
  {
    title: "It runs where you put it",
    text: "One command starts everything, the database included. The interviewer and the judge are built in and need no network.",
  },
  {
    title: "Your words are encrypted at rest",
    text: "Messages, code and notes are sealed with a key of your own. Without it the stored text cannot be read, backups included.",
  },
  {
    title: "Your code runs in a closed box",
    text: "No network, no files of the host, limits on time and memory. What the tests expect never enters it.",
  },
  {
    title: "Nobody is watching",
    text: "No trackers, no fonts from elsewhere, no telemetry. This page has not asked any other server for anything.",
  },
];

export function YourData() {
  return (
    <section id="your-data" aria-labelledby="your-data-title" className="border-t pt-20">
      <h2 id="your-data-title" className="text-3xl font-semibold sm:text-4xl">
        Yours, all of it
      </h2>
      <dl className="mt-10 grid gap-x-16 gap-y-8 sm:grid-cols-2">
        {facts.map(({ title, text }) => (
          <div key={title}>
            <dt className="text-lg font-semibold">{title}</dt>
            <dd className="mt-1.5 max-w-prose text-muted-foreground">{text}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-20 flex flex-wrap items-center justify-between gap-6 border-t pt-10">
        <p className="max-w-lg text-2xl leading-snug font-semibold tracking-tight">
          The first one is the hardest. It may as well be one that does not count.
        </p>
        <TryLink size="lg" />
      </div>
    </section>
  );
}

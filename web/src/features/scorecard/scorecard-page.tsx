import { Printer } from "lucide-react";
import { useMemo } from "react";
import { AppealsContext } from "./appeals-context";
import { Dimensions } from "./dimensions";
import { EvidenceList } from "./evidence-link";
import { ComplexityPart, Edges } from "./measurements";
import { timelineOf } from "./moments";
import { NextSteps } from "./next-steps";
import { Notes } from "./notes";
import { Remarks } from "./remarks";
import { ReviewContext } from "./review-context";
import { ReviewSection } from "./review-section";
import type { Entry, Remark, Scorecard, SessionDetail } from "./scorecard-types";
import { Summary } from "./summary";
import { useAppeals } from "./use-appeals";
import { useReviewPosition } from "./use-review-position";
import { WrittenFeedback } from "./written-feedback";
import "./print.css";
import { PageHeading } from "@/components/layout/page-heading";
import { Button } from "@/components/ui/button";
import { useCompanyStyles } from "@/lib/api/bank";
import { dayLabel, timeLabel } from "@/lib/dates";
import { difficultyLabels, languageLabels } from "@/lib/labels";

type ScorecardPageProps = { session: SessionDetail; scorecard: Scorecard; entries: readonly Entry[]; asked: number | null };

export function ScorecardPage({ session, scorecard, entries, asked }: ScorecardPageProps) {
  const timeline = useMemo(() => timelineOf(entries), [entries]);
  const last = entries.at(-1)?.seq ?? 0;
  const position = useReviewPosition(session.id, asked, last, timeline);
  const { seq, quote, show, jump, addressOf } = position;
  const review = useMemo(() => ({ timeline, jump, addressOf }), [timeline, jump, addressOf]);
  const { did_well, improve, caveats, dimensions, notes, edges, complexity, recommendations } = scorecard;
  const { data: known } = useAppeals(session.id);
  const appeals = useMemo(
    () => ({ sessionId: session.id, appeals: known?.appeals ?? [], left: known?.left ?? null }),
    [session.id, known],
  );
  return (
    <ReviewContext value={review}>
      <AppealsContext value={appeals}>
        <Heading session={session} />
        <div className="flex flex-col gap-12">
          <Summary scorecard={scorecard} />
          <Caveats caveats={caveats ?? []} />
          <div className="grid gap-x-12 gap-y-10 lg:grid-cols-2">
            <Remarks id="well-title" title="What went well" remarks={did_well} none="Nothing stands out this time." />
            <Remarks id="improve-title" title="What to improve" remarks={improve} none="Nothing stands out this time." />
          </div>
          <WrittenFeedback sessionId={session.id} dimensions={dimensions} entries={entries} />
          <NextSteps session={session} recommendations={recommendations} />
          <Dimensions dimensions={dimensions} />
          <div className="grid gap-x-12 gap-y-10 lg:grid-cols-2">
            <Edges edges={edges} />
            <div className="flex min-w-0 flex-col gap-10">
              <ComplexityPart complexity={complexity} />
              <Notes notes={notes} />
            </div>
          </div>
          {timeline && (
            <ReviewSection
              entries={entries}
              timeline={timeline}
              starter={session.problem.starter}
              seq={seq}
              quote={quote}
              beside={position.beside}
              onBeside={position.setBeside}
              onSeq={show}
            />
          )}
        </div>
      </AppealsContext>
    </ReviewContext>
  );
}

function Heading({ session }: { session: SessionDetail }) {
  const { data: styles } = useCompanyStyles();
  const style = styles?.find(({ id }) => id === session.company_style)?.title ?? session.company_style;
  const day = session.started_at ? `${dayLabel(session.started_at)}, ${timeLabel(session.started_at)}` : null;
  const facts = [session.title, difficultyLabels[session.difficulty], languageLabels[session.language], style, day];
  return (
    <PageHeading title={session.question.title} lead={facts.filter(Boolean).join(" · ")}>
      <Button variant="outline" className="print:hidden" onClick={() => window.print()}>
        <Printer aria-hidden />
        Print
      </Button>
    </PageHeading>
  );
}

function Caveats({ caveats }: { caveats: readonly Remark[] }) {
  if (caveats.length === 0) return null;
  return (
    <section aria-labelledby="caveats-title" className="rounded-lg bg-caution-soft px-5 py-4 text-caution">
      <h2 id="caveats-title" className="text-base font-semibold tracking-normal">
        What could not be judged
      </h2>
      <ul className="mt-1 list-disc pl-5">
        {caveats.map(({ text, evidence }) => (
          <li key={text}>
            {text}
            <EvidenceList evidence={evidence} />
          </li>
        ))}
      </ul>
    </section>
  );
}

"use client";

import { notFound } from "next/navigation";
import { useState } from "react";
import { ReportTables } from "./report-tables";
import { Summary } from "./summary";
import { useReport } from "./use-report";
import { PageHeading } from "@/components/layout/page-heading";
import { useUser } from "@/components/layout/require-user";
import { Button } from "@/components/ui/button";
import { Choice, ChoiceItem } from "@/components/ui/choice";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiError } from "@/lib/api/errors";

const ranges = [
  { days: 1, label: "Today" },
  { days: 7, label: "7 days" },
  { days: 31, label: "31 days" },
];

/** What everybody's calls to models used. For who is no operator there is no such page. */
export function OperatorScreen() {
  const { operator } = useUser();
  const [days, setDays] = useState(7);
  const { data, error, refetch, isPlaceholderData } = useReport(days, operator);
  if (!operator || (error instanceof ApiError && error.status === 404)) notFound();
  return (
    <>
      <PageHeading
        title="Operator"
        lead="What everybody’s calls to language models used. Days begin and end in UTC, today’s so far included."
      >
        <Choice aria-label="Range" value={String(days)} onValueChange={(chosen) => setDays(Number(chosen))}>
          {ranges.map((range) => (
            <ChoiceItem key={range.days} value={String(range.days)}>
              {range.label}
            </ChoiceItem>
          ))}
        </Choice>
      </PageHeading>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <div aria-busy={isPlaceholderData} className="flex flex-col gap-8 aria-busy:opacity-60">
          <Summary report={data} />
          <ReportTables report={data} />
        </div>
      )}
    </>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div role="alert" className="mb-8 flex flex-col items-start gap-4">
      <p>The figures could not be loaded. {error.message}</p>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}

function Loading() {
  return (
    <div aria-busy="true" className="flex flex-col gap-8">
      <p role="status" className="sr-only">
        Loading the figures
      </p>
      <Skeleton className="h-24" />
      <Skeleton className="h-64" />
      <Skeleton className="h-64" />
    </div>
  );
}

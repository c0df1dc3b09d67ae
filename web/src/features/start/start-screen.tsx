"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { StartForm } from "./start-form";
import { PageHeading } from "@/components/layout/page-heading";
import { ScreenError } from "@/components/layout/screen-error";
import { Skeleton } from "@/components/ui/skeleton";
import { useCompanyStyles, useFormats, useQuestions } from "@/lib/api/bank";

export function StartScreen() {
  const formats = useFormats();
  const styles = useCompanyStyles();
  const questions = useQuestions();
  const asked = useSearchParams();
  const bank = useMemo(
    () =>
      formats.data && styles.data && questions.data
        ? { formats: formats.data, styles: styles.data, questions: questions.data }
        : null,
    [formats.data, styles.data, questions.data],
  );

  if (bank) {
    return (
      <>
        <StartHeading />
        <StartForm key={asked.toString()} bank={bank} asked={new URLSearchParams(asked.toString())} />
      </>
    );
  }
  const failed = [formats, styles, questions].filter(({ error }) => error);
  if (failed[0]) {
    const retry = () => failed.forEach(({ refetch }) => void refetch());
    return <ScreenError title="The choices could not be loaded" error={failed[0].error} onRetry={retry} />;
  }
  return <StartScreenSkeleton />;
}

function StartHeading() {
  return (
    <PageHeading
      title="Start a session"
      lead="Choose what to practise. The clock runs on the server: closing the page does not stop it."
    />
  );
}

export function StartScreenSkeleton() {
  return (
    <div aria-busy="true">
      <StartHeading />
      <p role="status" className="sr-only">
        Loading the choices
      </p>
      <div className="grid gap-10 lg:grid-cols-[1fr_22rem]">
        <div className="flex flex-col gap-6">
          <Skeleton className="h-28" />
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
        </div>
        <Skeleton className="h-96" />
      </div>
    </div>
  );
}

import type { Metadata } from "next";
import { Suspense } from "react";
import { ScorecardScreen } from "@/features/scorecard/scorecard-screen";
import { ScorecardSkeleton } from "@/features/scorecard/states";

export const metadata: Metadata = { title: "Scorecard" };

export default function ScorecardPage() {
  return (
    <Suspense fallback={<ScorecardSkeleton />}>
      <ScorecardScreen />
    </Suspense>
  );
}

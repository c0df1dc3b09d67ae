import type { Metadata } from "next";
import { Suspense } from "react";
import { StartScreen, StartScreenSkeleton } from "@/features/start/start-screen";

export const metadata: Metadata = { title: "Start a session" };

export default function StartPage() {
  return (
    <Suspense fallback={<StartScreenSkeleton />}>
      <StartScreen />
    </Suspense>
  );
}

"use client";

import { ScreenError } from "@/components/layout/screen-error";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center px-6 py-12">
      <ScreenError error={error} onRetry={reset} />
    </main>
  );
}

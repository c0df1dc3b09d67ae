"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ApiError } from "@/lib/api/errors";

/** A screen that could not be shown, with what is true and what can be done. */
export function ScreenError({ error, onRetry, title }: { error: unknown; onRetry?: () => void; title?: string }) {
  const pathname = usePathname();
  const ours = !(error instanceof ApiError);
  const message = ours
    ? "Something in this page went wrong. It is our fault, not yours, and nothing you entered on the server is lost."
    : error.message;
  return (
    <section role="alert" className="flex flex-col items-start gap-4">
      <h1 className="text-2xl font-semibold">{title ?? "This page could not be shown"}</h1>
      <p className="text-muted-foreground">{message}</p>
      {ours && error instanceof Error && error.message && (
        <p className="max-w-full overflow-x-auto rounded-sm bg-muted px-3 py-2 font-mono text-sm break-words">
          {error.message}
        </p>
      )}
      <div className="flex flex-wrap gap-3">
        {onRetry && <Button onClick={onRetry}>Try again</Button>}
        {pathname !== "/dashboard" && (
          <Button asChild variant="outline">
            <Link href="/dashboard">Go to the dashboard</Link>
          </Button>
        )}
      </div>
    </section>
  );
}

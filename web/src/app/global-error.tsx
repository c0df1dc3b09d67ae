"use client";

import "./globals.css";

/** When even the frame of the page fails: no component of ours can be trusted here. */
export default function GlobalError({ reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body className="grid min-h-dvh place-items-center px-6">
        <main className="flex max-w-xl flex-col items-start gap-4">
          <title>MockLoop: something went wrong</title>
          <h1 className="text-3xl font-semibold">This page could not be shown</h1>
          <p className="text-lg text-muted-foreground">
            It is our fault, not yours. What you entered before is kept on the server.
          </p>
          <button
            type="button"
            onClick={reset}
            className="h-11 rounded-md bg-primary px-5 font-medium text-primary-foreground hover:bg-primary-hover"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}

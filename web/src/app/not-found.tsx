import type { Metadata } from "next";
import Link from "next/link";
import { Logo } from "@/components/layout/logo";
import { buttonVariants } from "@/components/ui/button-variants";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col px-6 py-8">
      <Link href="/" className="self-start" aria-label="MockLoop, home page">
        <Logo />
      </Link>
      <div className="my-auto flex flex-col items-start gap-5 py-16">
        <p className="figures text-muted-foreground">404</p>
        <h1 className="text-3xl font-semibold sm:text-4xl">There is no page at this address.</h1>
        <p className="text-lg text-muted-foreground">
          The link may be old, or a letter is missing. Your sessions are not affected: you will find them all on the
          dashboard.
        </p>
        <div className="flex flex-wrap gap-3 pt-2">
          <Link href="/dashboard" className={buttonVariants()}>
            Go to the dashboard
          </Link>
          <Link href="/" className={buttonVariants({ variant: "outline" })}>
            Home page
          </Link>
        </div>
      </div>
    </main>
  );
}

import Link from "next/link";
import { LoginLink, TryLink } from "./entry-links";
import { Logo } from "@/components/layout/logo";
import { ThemeToggle } from "@/components/layout/theme-toggle";

const sections = [
  { href: "#half-hour", label: "How it works" },
  { href: "#marks", label: "The marks" },
  { href: "#your-data", label: "Your data" },
] as const;

export function PublicHeader() {
  return (
    <header className="mx-auto flex max-w-6xl items-center gap-1 px-4 py-4 sm:px-8">
      <Link href="/" aria-label="MockLoop, home page" className="mr-auto flex rounded-sm">
        <Logo />
      </Link>
      <nav aria-label="On this page" className="mr-4 hidden gap-6 text-[0.9375rem] md:flex">
        {sections.map(({ href, label }) => (
          <a key={href} href={href} className="rounded-sm text-muted-foreground hover:text-foreground">
            {label}
          </a>
        ))}
      </nav>
      <ThemeToggle />
      <LoginLink />
      <span className="hidden sm:block">
        <TryLink />
      </span>
    </header>
  );
}

export function PublicFooter() {
  return (
    <footer className="mt-24 border-t">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-8 gap-y-3 px-4 py-8 text-sm text-muted-foreground sm:px-8">
        <p>MockLoop is free software under the Apache License 2.0.</p>
        <p>This page and everything behind it is served by the machine you installed it on.</p>
      </div>
    </footer>
  );
}

"use client";

import Link from "next/link";
import { ConnectionMark } from "./connection-mark";
import { Countdown } from "./countdown";
import { EndButton } from "./end-button";
import { useRoom } from "./room-context";
import { SegmentBar } from "./segment-bar";
import { LogoMark } from "@/components/layout/logo";
import { ThemeSwitch } from "@/components/layout/theme-switch";
import { useCompanyStyles } from "@/lib/api/bank";

/** Where one is, what is left, and the way out. */
export function TopBar() {
  const { session, view } = useRoom();
  const { data: styles } = useCompanyStyles();
  const style = styles?.find(({ id }) => id === session.company_style)?.title ?? session.company_style;
  const running = view.state.status === "in_progress";
  return (
    <header className="shrink-0 border-b bg-sidebar">
      <div className="flex h-14 items-center gap-3 px-3 sm:px-4">
        <Link href="/dashboard" aria-label="MockLoop, dashboard" className="flex size-9 shrink-0 items-center justify-center rounded-md hover:bg-accent">
          <LogoMark />
        </Link>
        <div className="min-w-0 flex-1">
          <nav aria-label="Breadcrumb" className="truncate text-sm leading-tight text-muted-foreground max-lg:hidden">
            <ol className="flex gap-1.5">
              {["MockLoop", session.title, style].map((part, index) => (
                <li key={part} className="flex gap-1.5">
                  {index > 0 && <span aria-hidden>/</span>}
                  {part}
                </li>
              ))}
            </ol>
          </nav>
          <h1 className="truncate text-base leading-snug font-semibold tracking-normal">{session.question.title}</h1>
        </div>
        <ConnectionMark />
        <Countdown />
        <ThemeSwitch className="max-lg:hidden" />
        {running && <EndButton />}
      </div>
      {view.state.started_at !== null && <SegmentBar />}
    </header>
  );
}

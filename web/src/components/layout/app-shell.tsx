"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { AccountMenu } from "./account-menu";
import { Logo, LogoMark } from "./logo";
import { NavDrawer } from "./nav-drawer";
import { NavLinks } from "./nav-links";
import { ThemeSwitch } from "./theme-switch";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/class-names";
import { useStoredFlag } from "@/lib/use-stored-flag";

/** Sidebar and page. The room does not stand in it: it needs the whole window. */
export function AppShell({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col lg:flex-row">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-primary px-4 py-2 text-primary-foreground focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        Skip to the page
      </a>
      <header className="sticky top-0 z-30 flex h-14 items-center gap-1 border-b bg-sidebar px-2 lg:hidden">
        <NavDrawer />
        <Link href="/dashboard" className="flex rounded-sm px-1">
          <Logo />
        </Link>
        <ThemeSwitch className="ml-auto" />
      </header>
      <Sidebar />
      <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 py-8 outline-none sm:px-8 lg:px-12 lg:py-12">
        <div className="mx-auto max-w-5xl">{children}</div>
      </main>
    </div>
  );
}

function Sidebar() {
  const [narrow, setNarrow] = useStoredFlag("mockloop.sidebar-narrow");
  const Icon = narrow ? PanelLeftOpen : PanelLeftClose;
  return (
    <aside
      className={cn(
        "sticky top-0 hidden h-dvh shrink-0 flex-col border-r bg-sidebar p-3 lg:flex",
        narrow ? "w-17" : "w-60",
      )}
    >
      <Link
        href="/dashboard"
        aria-label="MockLoop, dashboard"
        className={cn("mb-6 flex h-11 items-center rounded-md", narrow ? "justify-center" : "px-2.5")}
      >
        {narrow ? <LogoMark /> : <Logo />}
      </Link>
      <NavLinks narrow={narrow} />
      <div className="mt-auto flex flex-col gap-1">
        <div className={cn("flex gap-1", narrow && "flex-col items-center")}>
          <ThemeSwitch />
          <Button
            variant="ghost"
            size="icon"
            aria-expanded={!narrow}
            aria-label={narrow ? "Widen the sidebar" : "Narrow the sidebar"}
            onClick={() => setNarrow(!narrow)}
          >
            <Icon aria-hidden />
          </Button>
        </div>
        <AccountMenu narrow={narrow} />
      </div>
    </aside>
  );
}

import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/layout/logo";
import { Providers } from "@/components/layout/providers";
import { ThemeSwitch } from "@/components/layout/theme-switch";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <Providers>
      <div className="flex min-h-dvh flex-col">
        <header className="flex items-center justify-between px-4 py-4 sm:px-8">
          <Link href="/" aria-label="MockLoop, home page" className="flex rounded-sm">
            <Logo />
          </Link>
          <ThemeSwitch />
        </header>
        <main className="flex flex-1 justify-center px-4 pt-[clamp(1.5rem,12vh,8rem)] pb-16 sm:px-8">{children}</main>
      </div>
    </Providers>
  );
}

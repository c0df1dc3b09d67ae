"use client";

import { LayoutList, Play, Settings } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/lib/class-names";

const links = [
  { href: "/dashboard", label: "Dashboard", Icon: LayoutList },
  { href: "/start", label: "Start a session", Icon: Play },
  { href: "/settings", label: "Settings", Icon: Settings },
] as const;

export function NavLinks({ narrow = false, onNavigate }: { narrow?: boolean; onNavigate?: () => void }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-1">
        {links.map(({ href, label, Icon }) => (
          <li key={href}>
            <Link
              href={href}
              onClick={onNavigate}
              title={narrow ? label : undefined}
              aria-current={pathname === href ? "page" : undefined}
              className={cn(
                "flex h-11 items-center gap-3 rounded-md px-3 text-[0.9375rem] hover:bg-accent",
                "aria-[current=page]:bg-primary-soft aria-[current=page]:font-medium aria-[current=page]:text-primary",
              )}
            >
              <Icon className="size-4.5 shrink-0" aria-hidden />
              <span className={narrow ? "sr-only" : undefined}>{label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

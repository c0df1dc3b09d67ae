import { cn } from "@/lib/class-names";

/** A loop that is also a clock face. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden className={cn("size-6 text-primary", className)}>
      <path d="M12 3a9 9 0 1 1-7.8 4.5" stroke="currentColor" strokeWidth="2.75" strokeLinecap="round" />
      <path d="M12 7.5V12l3.2 2.4" stroke="currentColor" strokeWidth="2.25" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2 text-lg font-semibold tracking-tight", className)}>
      <LogoMark />
      MockLoop
    </span>
  );
}

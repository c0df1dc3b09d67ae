import type { ReactNode } from "react";
import { cn } from "@/lib/class-names";

type MarkBarProps = { title: string; value: number; note?: ReactNode; className?: string };

/** A mark from 0 to 10 as a bar, with its name and its number. */
export function MarkBar({ title, value, note, className }: MarkBarProps) {
  return (
    <div className={cn("grid grid-cols-[1fr_auto] items-baseline gap-x-3 gap-y-1.5", className)}>
      <span>
        {title}
        {note && <span className="ml-2 text-sm text-muted-foreground">{note}</span>}
      </span>
      <span className="figures">{value.toFixed(1)}</span>
      <div
        role="meter"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={10}
        aria-valuenow={value}
        className="col-span-2 h-1.5 overflow-hidden rounded-full bg-secondary"
      >
        <div className="h-full rounded-full bg-primary" style={{ width: `${Math.min(100, Math.max(0, value * 10))}%` }} />
      </div>
    </div>
  );
}

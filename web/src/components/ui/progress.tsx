"use client";

import { Progress as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";

type ProgressProps = ComponentProps<typeof Radix.Root> & { barClassName?: string };

export function Progress({ className, barClassName, value, max = 100, ...props }: ProgressProps) {
  const share = Math.min(1, Math.max(0, (value ?? 0) / max));
  return (
    <Radix.Root
      value={value}
      max={max}
      className={cn("h-2 w-full overflow-hidden rounded-full bg-secondary", className)}
      {...props}
    >
      <Radix.Indicator
        className={cn("h-full rounded-full bg-primary transition-[width]", barClassName)}
        style={{ width: `${share * 100}%` }}
      />
    </Radix.Root>
  );
}

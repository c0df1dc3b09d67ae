"use client";

import { RadioGroup as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";

/** A choice of few, all visible: radios that look like a row of keys. */
export function Choice({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root className={cn("flex flex-wrap gap-2", className)} {...props} />;
}

export function ChoiceItem({ className, ...props }: ComponentProps<typeof Radix.Item>) {
  return (
    <Radix.Item
      className={cn(
        "inline-flex min-h-11 items-center justify-center rounded-md border border-input bg-card px-4 text-[0.9375rem]",
        "hover:bg-accent disabled:opacity-55 data-[state=checked]:border-primary data-[state=checked]:bg-primary-soft",
        "data-[state=checked]:font-medium data-[state=checked]:shadow-[inset_0_0_0_1px_var(--primary)]",
        className,
      )}
      {...props}
    />
  );
}

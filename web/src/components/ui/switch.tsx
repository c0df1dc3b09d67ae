"use client";

import { Switch as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";

export function Switch({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        "inline-flex h-6 w-11 shrink-0 items-center rounded-full border border-input bg-secondary transition-colors",
        "disabled:opacity-55 data-[state=checked]:border-primary data-[state=checked]:bg-primary",
        className,
      )}
      {...props}
    >
      <Radix.Thumb
        className={cn(
          "block size-4.5 translate-x-0.5 rounded-full bg-foreground transition-transform",
          "data-[state=checked]:translate-x-5.5 data-[state=checked]:bg-primary-foreground",
        )}
      />
    </Radix.Root>
  );
}

"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ComponentProps, ReactElement, ReactNode } from "react";

export const TooltipProvider = Radix.Provider;

type TooltipProps = { text: ReactNode; children: ReactElement; side?: ComponentProps<typeof Radix.Content>["side"] };

/** Explains the control inside. Says nothing that cannot be read elsewhere: touch has no hover. */
export function Tooltip({ text, children, side = "bottom" }: TooltipProps) {
  return (
    <Radix.Root delayDuration={400}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          className="z-50 max-w-64 animate-in rounded-sm bg-foreground px-2.5 py-1.5 text-sm text-background fade-in-0"
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

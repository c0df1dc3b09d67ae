"use client";

import type { ComponentProps } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { cn } from "@/lib/class-names";

/** Panels one can resize by mouse, touch and arrow keys. Sizes are strings ("36%"): plain numbers are pixels. */
export function ResizableGroup({ className, ...props }: ComponentProps<typeof Group>) {
  return <Group className={cn("size-full", className)} {...props} />;
}

export const ResizablePanel = Panel;

export function ResizableHandle({ className, ...props }: ComponentProps<typeof Separator>) {
  return (
    <Separator
      className={cn(
        "relative shrink-0 bg-border transition-colors hover:bg-primary focus-visible:bg-primary focus-visible:outline-offset-0",
        "aria-[orientation=vertical]:w-px aria-[orientation=horizontal]:h-px",
        "after:absolute after:-inset-1.5 after:content-['']",
        className,
      )}
      {...props}
    />
  );
}

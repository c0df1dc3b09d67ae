"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";
import { fieldClasses } from "./input";

export const Select = Radix.Root;
export const SelectValue = Radix.Value;
export const SelectGroup = Radix.Group;

export function SelectTrigger({ className, children, ...props }: ComponentProps<typeof Radix.Trigger>) {
  return (
    <Radix.Trigger
      className={cn(
        fieldClasses,
        "flex h-11 items-center justify-between gap-2 text-left data-placeholder:text-muted-foreground [&>span]:truncate",
        className,
      )}
      {...props}
    >
      {children}
      <Radix.Icon asChild>
        <ChevronDown className="size-4 shrink-0 text-muted-foreground" aria-hidden />
      </Radix.Icon>
    </Radix.Trigger>
  );
}

export function SelectContent({ className, children, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        position="popper"
        sideOffset={4}
        className={cn(
          "z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden",
          "max-w-[min(28rem,calc(100vw-2rem))] rounded-md border bg-popover text-popover-foreground shadow-lg",
          "data-[state=open]:animate-in data-[state=open]:fade-in-0",
          className,
        )}
        {...props}
      >
        <Radix.Viewport className="p-1">{children}</Radix.Viewport>
      </Radix.Content>
    </Radix.Portal>
  );
}

export function SelectLabel({ className, ...props }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn("px-3 pt-3 pb-1 text-sm text-muted-foreground", className)} {...props} />;
}

/** `note` stands beside the text in the list, and not in the closed field. */
export function SelectItem({
  className,
  children,
  note,
  ...props
}: ComponentProps<typeof Radix.Item> & { note?: string }) {
  return (
    <Radix.Item
      className={cn(
        "relative flex min-h-10 cursor-pointer items-center gap-3 rounded-sm py-2 pr-9 pl-3 text-[0.9375rem] outline-none select-none",
        "data-disabled:pointer-events-none data-disabled:opacity-55 data-highlighted:bg-accent",
        className,
      )}
      {...props}
    >
      <Radix.ItemText>{children}</Radix.ItemText>
      {note && <span className="ml-auto text-sm text-muted-foreground">{note}</span>}
      <Radix.ItemIndicator className="absolute right-3">
        <Check className="size-4 text-primary" aria-hidden />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}

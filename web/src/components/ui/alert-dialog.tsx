"use client";

import { AlertDialog as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";
import { buttonVariants } from "./button-variants";
import { overlayClasses, panelClasses } from "./dialog";

export const AlertDialog = Radix.Root;
export const AlertDialogTrigger = Radix.Trigger;

export function AlertDialogContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={overlayClasses} />
      <Radix.Content className={cn(panelClasses, "max-w-md", className)} {...props} />
    </Radix.Portal>
  );
}

export { DialogFooter as AlertDialogFooter, DialogHeader as AlertDialogHeader } from "./dialog";

export function AlertDialogTitle({ className, ...props }: ComponentProps<typeof Radix.Title>) {
  return <Radix.Title className={cn("text-lg font-semibold", className)} {...props} />;
}

export function AlertDialogDescription({ className, ...props }: ComponentProps<typeof Radix.Description>) {
  return <Radix.Description className={cn("text-[0.9375rem] text-muted-foreground", className)} {...props} />;
}

type ActionProps = ComponentProps<typeof Radix.Action> & { variant?: "primary" | "destructive" };

export function AlertDialogAction({ className, variant = "primary", ...props }: ActionProps) {
  return <Radix.Action className={cn(buttonVariants({ variant }), className)} {...props} />;
}

export function AlertDialogCancel({ className, ...props }: ComponentProps<typeof Radix.Cancel>) {
  return <Radix.Cancel className={cn(buttonVariants({ variant: "outline" }), className)} {...props} />;
}

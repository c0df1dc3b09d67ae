import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";

export const fieldClasses =
  "w-full rounded-md border border-input bg-card px-3 text-base text-foreground placeholder:text-muted-foreground " +
  "disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-destructive " +
  "focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-ring";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(fieldClasses, "h-11", className)} {...props} />;
}

import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";

/** A quiet block where something will stand. The parent says `aria-busy`. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return <div aria-hidden className={cn("animate-pulse rounded-sm bg-secondary", className)} {...props} />;
}

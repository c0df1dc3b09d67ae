import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { fieldClasses } from "./input";
import { cn } from "@/lib/class-names";

/**
 * The browser's own select: right on a phone, by keyboard and for a screen reader without any script. Where the browser
 * lets a page style the list (`appearance: base-select`, see globals.css), it wears our colours.
 */
export function Select({ className, children, ...props }: ComponentProps<"select">) {
  return (
    // A long option may not widen the page: some browsers let it stick out of a select that they style. 6 px for the ring.
    <div className="relative overflow-clip [overflow-clip-margin:6px]">
      <select className={cn(fieldClasses, "styled-select h-11 cursor-pointer appearance-none truncate pr-10", className)} {...props}>
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted-foreground"
      />
    </div>
  );
}

import type { ReactNode } from "react";

/** Something that happened between the messages: a segment began, a hint was asked, code was run. */
export function SideNote({ at, children }: { at?: string; children: ReactNode }) {
  return (
    <p className="flex items-center gap-3 text-sm text-muted-foreground">
      <span aria-hidden className="h-px flex-1 bg-border" />
      <span className="text-center">
        {children}
        {at && <span className="figures ml-2">{at}</span>}
      </span>
      <span aria-hidden className="h-px flex-1 bg-border" />
    </p>
  );
}

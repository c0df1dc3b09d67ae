import type { ReactNode } from "react";

/** The heading of a screen in the shell, with what can be done there at its side. */
export function PageHeading({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  return (
    <header className="mb-10 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="flex max-w-2xl flex-col gap-2">
        <h1 className="text-3xl font-semibold sm:text-4xl">{title}</h1>
        {lead && <p className="text-lg text-muted-foreground">{lead}</p>}
      </div>
      {children}
    </header>
  );
}

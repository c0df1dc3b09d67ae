"use client";

import { type Choices, minutesWithin } from "./choices";
import { MinutesField } from "./minutes-field";
import { SessionRuler } from "@/components/charts/session-ruler";
import { Button } from "@/components/ui/button";
import type { Format, Segment } from "@/lib/api/types";

type FlowProps = { format: Format; segments: Segment[]; onChange: (minutes: Choices["minutes"]) => void };

/** How the session will go, part by part, with minutes that can be changed within each part's limits. */
export function Flow({ format, segments, onChange }: FlowProps) {
  const own = new Map(format.segments.map(({ id, minutes }) => [id, minutes]));
  const touched = segments.some(({ id, minutes }) => own.get(id) !== minutes);

  function set(segment: Segment, wanted: number) {
    const minutes = minutesWithin(segment, wanted);
    const all = segments.map(({ id, minutes: before }) => [id, id === segment.id ? minutes : before] as const);
    onChange(Object.fromEntries(all.filter(([id, value]) => own.get(id) !== value)));
  }

  return (
    <section aria-labelledby="flow-title" className="flex flex-col">
      <div className="flex min-h-6 items-center justify-between">
        <h2 id="flow-title" className="text-[0.9375rem] font-medium tracking-normal">
          How it goes
        </h2>
        {touched && (
          <Button variant="link" size="inline" className="text-sm" onClick={() => onChange({})}>
            Usual minutes
          </Button>
        )}
      </div>
      <SessionRuler segments={segments} className="mt-2.5" />
      <ol>
        {segments.map((segment) => (
          <li key={segment.id} className="grid grid-cols-[1fr_auto] items-center gap-x-4 border-b py-3.5">
            <div>
              <h3 className="text-base font-semibold tracking-normal">{segment.title}</h3>
              <p className="text-[0.9375rem] leading-snug text-muted-foreground">{segment.purpose}</p>
            </div>
            <MinutesField segment={segment} onChange={(wanted) => set(segment, wanted)} />
          </li>
        ))}
      </ol>
    </section>
  );
}

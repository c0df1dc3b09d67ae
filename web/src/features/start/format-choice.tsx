"use client";

import { RadioGroup } from "radix-ui";
import { useId } from "react";
import type { Format } from "@/lib/api/types";

type FormatChoiceProps = { formats: Format[]; chosen: string; onChange: (id: string) => void };

export function FormatChoice({ formats, chosen, onChange }: FormatChoiceProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-2.5">
      <p id={id} className="text-[0.9375rem] font-medium">
        Interview type
      </p>
      <RadioGroup.Root
        aria-labelledby={id}
        value={chosen}
        onValueChange={onChange}
        className="divide-y overflow-hidden rounded-lg border border-input bg-card"
      >
        {formats.map((format) => (
          <FormatRow key={format.id} format={format} />
        ))}
      </RadioGroup.Root>
    </div>
  );
}

function FormatRow({ format: { id, title, summary, minutes } }: { format: Format }) {
  return (
    <RadioGroup.Item
      value={id}
      className="group grid w-full grid-cols-[1.25rem_1fr_auto] items-baseline gap-x-3 px-4 py-4 text-left hover:bg-accent focus-visible:-outline-offset-2 data-[state=checked]:bg-primary-soft"
    >
      <span
        aria-hidden
        className="grid size-4.5 translate-y-0.5 place-items-center rounded-full border border-input bg-card group-data-[state=checked]:border-primary"
      >
        <RadioGroup.Indicator className="size-2.5 rounded-full bg-primary" />
      </span>
      <span>
        <span className="font-semibold">{title}</span>
        <span className="block text-[0.9375rem] text-muted-foreground">{summary}</span>
      </span>
      <span className="figures text-[0.9375rem]">{minutes} min</span>
    </RadioGroup.Item>
  );
}

"use client";

import { Minus, Plus } from "lucide-react";
import { useState } from "react";
import type { Segment } from "@/lib/api/types";

type MinutesFieldProps = { segment: Segment; onChange: (minutes: number) => void };

/** Minutes by buttons, arrow keys or typing. A typed number counts when the field is left, so that "1" may become "12". */
export function MinutesField({ segment, onChange }: MinutesFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const { title, minutes, min_minutes, max_minutes } = segment;

  function settle() {
    if (draft !== null && draft.trim() !== "") onChange(Number(draft));
    setDraft(null);
  }

  return (
    <div className="flex items-center rounded-md border border-input bg-card">
      <StepButton label={`${title}: one minute less`} disabled={minutes <= min_minutes} onClick={() => onChange(minutes - 1)}>
        <Minus className="size-3.5" aria-hidden />
      </StepButton>
      <input
        type="text"
        inputMode="numeric"
        role="spinbutton"
        aria-label={`Minutes for ${title}`}
        aria-valuenow={minutes}
        aria-valuemin={min_minutes}
        aria-valuemax={max_minutes}
        aria-valuetext={`${minutes} minutes`}
        value={draft ?? minutes}
        onChange={(event) => setDraft(event.target.value.replace(/\D/g, "").slice(0, 3))}
        onBlur={settle}
        onKeyDown={(event) => {
          const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (step) {
            event.preventDefault();
            setDraft(null);
            onChange(minutes + step);
          }
          if (event.key === "Enter") {
            event.preventDefault();
            settle();
          }
        }}
        className="figures h-10 w-8 rounded-sm bg-transparent text-center text-base focus-visible:outline-offset-0"
      />
      <StepButton label={`${title}: one minute more`} disabled={minutes >= max_minutes} onClick={() => onChange(minutes + 1)}>
        <Plus className="size-3.5" aria-hidden />
      </StepButton>
    </div>
  );
}

type StepButtonProps = { label: string; disabled: boolean; onClick: () => void; children: React.ReactNode };

function StepButton({ label, disabled, onClick, children }: StepButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      // Not `disabled`: the focus would fall out of the form at the limit.
      aria-disabled={disabled}
      onClick={() => !disabled && onClick()}
      className="grid size-10 place-items-center rounded-md hover:bg-accent aria-disabled:cursor-not-allowed aria-disabled:opacity-40"
    >
      {children}
    </button>
  );
}

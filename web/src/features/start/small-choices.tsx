"use client";

import { useId } from "react";
import { Choice, ChoiceItem } from "@/components/ui/choice";
import { FormField } from "@/components/ui/form-field";
import { Select } from "@/components/ui/select";
import type { CompanyStyle, Difficulty, Language } from "@/lib/api/types";
import { difficultyLabels, languageLabels } from "@/lib/labels";

type StyleChoiceProps = { styles: CompanyStyle[]; chosen: string; onChange: (id: string) => void };

export function StyleChoice({ styles, chosen, onChange }: StyleChoiceProps) {
  const hint = styles.find(({ id }) => id === chosen)?.summary;
  return (
    <FormField label="Company style" hint={hint}>
      {(wiring) => (
        <Select {...wiring} value={chosen} onChange={(event) => onChange(event.target.value)}>
          {styles.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      )}
    </FormField>
  );
}

type ChoiceRowProps = {
  label: string;
  options: readonly { value: string; label: string }[];
  chosen: string;
  onChange: (value: string) => void;
};

function ChoiceRow({ label, options, chosen, onChange }: ChoiceRowProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-2.5">
      <p id={id} className="text-[0.9375rem] font-medium">
        {label}
      </p>
      <Choice aria-labelledby={id} value={chosen} onValueChange={onChange}>
        {options.map((option) => (
          <ChoiceItem key={option.value} value={option.value}>
            {option.label}
          </ChoiceItem>
        ))}
      </Choice>
    </div>
  );
}

const ANY = "any";
const difficulties = [
  { value: ANY, label: "Any" },
  ...Object.entries(difficultyLabels).map(([value, label]) => ({ value, label })),
];

type DifficultyChoiceProps = { chosen: Difficulty | null; onChange: (difficulty: Difficulty | null) => void };

export function DifficultyChoice({ chosen, onChange }: DifficultyChoiceProps) {
  return (
    <ChoiceRow
      label="Difficulty"
      options={difficulties}
      chosen={chosen ?? ANY}
      onChange={(value) => onChange(value === ANY ? null : (value as Difficulty))}
    />
  );
}

type LanguageChoiceProps = {
  offered: readonly Language[];
  chosen: Language;
  onChange: (language: Language) => void;
};

export function LanguageChoice({ offered, chosen, onChange }: LanguageChoiceProps) {
  return (
    <ChoiceRow
      label="Language"
      options={offered.map((value) => ({ value, label: languageLabels[value] }))}
      chosen={chosen}
      onChange={(value) => onChange(value as Language)}
    />
  );
}

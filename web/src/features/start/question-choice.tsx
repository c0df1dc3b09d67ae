"use client";

import { type Bank, type Choices, questionsOf } from "./choices";
import { FormField } from "@/components/ui/form-field";
import { Select } from "@/components/ui/select";
import type { Difficulty } from "@/lib/api/types";
import { difficultyLabels, topicLabel } from "@/lib/labels";

const SURPRISE = "surprise me";

type QuestionChoiceProps = { bank: Bank; choices: Choices; onChange: (question: string | null) => void };

export function QuestionChoice({ bank, choices, onChange }: QuestionChoiceProps) {
  const offered = questionsOf(bank, choices.difficulty);
  const groups = (Object.keys(difficultyLabels) as Difficulty[])
    .map((difficulty) => ({ difficulty, questions: offered.filter((one) => one.difficulty === difficulty) }))
    .filter(({ questions }) => questions.length > 0);
  const chosen = offered.find(({ id }) => id === choices.question);
  const hint = chosen
    ? `${chosen.summary} (${chosen.topics.map(topicLabel).join(", ")})`
    : "One that suits the style, and that you have not had lately.";
  return (
    <FormField label="Question" hint={hint}>
      {(wiring) => (
        <Select
          {...wiring}
          value={chosen?.id ?? SURPRISE}
          onChange={({ target: { value } }) => onChange(value === SURPRISE ? null : value)}
        >
          <option value={SURPRISE}>Surprise me</option>
          {groups.map(({ difficulty, questions }) => (
            <optgroup key={difficulty} label={difficultyLabels[difficulty]}>
              {questions.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      )}
    </FormField>
  );
}

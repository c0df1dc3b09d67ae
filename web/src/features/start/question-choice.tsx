"use client";

import { type Bank, type Choices, questionsOf } from "./choices";
import { FormField } from "@/components/ui/form-field";
import {
  Select,
  SelectContent,
  SelectGroup,
  SelectItem,
  SelectLabel,
  SelectTrigger,
  SelectValue,
} from "@/components/ui/select";
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
  const hint = chosen?.summary ?? "One that suits the style, and that you have not had lately.";
  return (
    <FormField label="Question" hint={hint}>
      {(wiring) => (
        <Select
          value={chosen?.id ?? SURPRISE}
          onValueChange={(value) => onChange(value === SURPRISE ? null : value)}
        >
          <SelectTrigger {...wiring}>
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={SURPRISE}>Surprise me</SelectItem>
            {groups.map(({ difficulty, questions }) => (
              <SelectGroup key={difficulty}>
                <SelectLabel>{difficultyLabels[difficulty]}</SelectLabel>
                {questions.map(({ id, title, topics }) => (
                  <SelectItem key={id} value={id} note={topics.slice(0, 2).map(topicLabel).join(", ")}>
                    {title}
                  </SelectItem>
                ))}
              </SelectGroup>
            ))}
          </SelectContent>
        </Select>
      )}
    </FormField>
  );
}

"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Bank, changed, type Choices, firstChoices, requestFor, timedSegments } from "./choices";
import { Flow } from "./flow";
import { FormatChoice } from "./format-choice";
import { keepLastChoices, readLastChoices } from "./last-choices";
import { QuestionChoice } from "./question-choice";
import { Refusal } from "./refusal";
import { StartBar } from "./start-bar";
import { DifficultyChoice, LanguageChoice, StyleChoice } from "./small-choices";
import { ScreenError } from "@/components/layout/screen-error";
import { sessionAddress, useStartSession } from "@/lib/api/sessions";

export function StartForm({ bank, asked }: { bank: Bank; asked: URLSearchParams }) {
  const [choices, setChoices] = useState(() => firstChoices(bank, asked, readLastChoices()));
  const [arrived, setArrived] = useState(false);
  const start = useStartSession();
  const router = useRouter();
  const format = bank.formats.find(({ id }) => id === choices?.format);
  if (!choices || !format) {
    return <ScreenError error={new Error("This server offers no formats.")} title="There is nothing to start" />;
  }

  const change = (part: Partial<Choices>) => setChoices(changed(bank, choices, part));
  const segments = timedSegments(format, choices.minutes);
  const busy = start.isPending || arrived;

  function begin() {
    if (!choices || busy) return;
    keepLastChoices(choices);
    start.mutate(requestFor(choices), {
      onSuccess: (session) => {
        setArrived(true);
        router.push(sessionAddress(session));
      },
    });
  }

  return (
    <form
      className="grid items-start gap-x-14 gap-y-10 lg:grid-cols-[minmax(0,1fr)_23rem]"
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <div className="flex flex-col gap-9">
        <FormatChoice formats={bank.formats} chosen={choices.format} onChange={(id) => change({ format: id })} />
        <StyleChoice styles={bank.styles} chosen={choices.style} onChange={(style) => change({ style })} />
        <DifficultyChoice chosen={choices.difficulty} onChange={(difficulty) => change({ difficulty })} />
        <QuestionChoice bank={bank} choices={choices} onChange={(question) => change({ question })} />
        <LanguageChoice
          offered={format.languages}
          chosen={choices.language}
          onChange={(language) => change({ language })}
        />
      </div>
      {/* On a phone no box of its own, so that the bar can stay in sight along the whole form. */}
      <div className="flex flex-col gap-6 max-lg:contents lg:sticky lg:top-8">
        <Flow format={format} segments={segments} onChange={(minutes) => change({ minutes })} />
        {start.error && <Refusal error={start.error} />}
        <StartBar segments={segments} busy={busy} />
      </div>
    </form>
  );
}

import { FlaskConical, LoaderCircle, Play } from "lucide-react";
import type { Language } from "./fold";
import { useRoom } from "./room-context";
import { useChosenLanguage } from "./use-chosen-language";
import { useCommandKey } from "./use-shortcuts";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { Tooltip } from "@/components/ui/tooltip";
import { languageLabels } from "@/lib/labels";

/** What one does with the code: choose its language, run it, test it. */
export function CodeToolbar({ sheet }: { sheet: "solution" | "notes" }) {
  return (
    <div className="flex items-center gap-2 max-lg:basis-full max-lg:pb-2">
      {sheet === "solution" && <LanguageSelect />}
      <RunButtons />
    </div>
  );
}

function LanguageSelect() {
  const { store, session, view } = useRoom();
  const language = useChosenLanguage();
  const offered = Object.keys(session.problem.starter) as Language[];
  const choose = (wanted: Language) => {
    store.desk.saveNow();
    store.send({ type: "ChooseLanguage", language: wanted });
  };
  return (
    <Select
      aria-label="Language"
      value={language}
      onChange={(event) => choose(event.target.value as Language)}
      disabled={view.state.status !== "in_progress"}
      className="h-9 w-28 text-[0.9375rem] sm:w-34"
    >
      {offered.map((id) => (
        <option key={id} value={id}>
          {languageLabels[id]}
        </option>
      ))}
    </Select>
  );
}

function RunButtons() {
  const { runs, view } = useRoom();
  const key = useCommandKey();
  const running = view.state.status === "in_progress";
  const busy = runs.busy !== null;
  return (
    <>
      <Tooltip text={`Run with your own input · ${key} Enter`}>
        <Button variant="outline" size="sm" className="ml-auto h-9" disabled={!running} aria-disabled={busy} onClick={() => runs.run("script")}>
          {runs.busy === "script" ? <LoaderCircle className="animate-spin" aria-hidden /> : <Play aria-hidden />}
          Run
        </Button>
      </Tooltip>
      <Tooltip text={`Run the tests · ${key} Shift Enter`}>
        <Button size="sm" className="h-9" disabled={!running} aria-disabled={busy} onClick={() => runs.run("tests")}>
          {runs.busy === "tests" ? <LoaderCircle className="animate-spin" aria-hidden /> : <FlaskConical aria-hidden />}
          Run tests
        </Button>
      </Tooltip>
    </>
  );
}

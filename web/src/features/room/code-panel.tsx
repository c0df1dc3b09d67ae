import { useCallback, useState } from "react";
import { CodeToolbar } from "./code-toolbar";
import type { DocId } from "./desk";
import { useRoom } from "./room-context";
import { SavingMark } from "./saving-mark";
import { StaleBar } from "./stale-bar";
import { useChosenLanguage } from "./use-chosen-language";
import { CodeEditor } from "@/components/editor/code-editor";
import { Tabs, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { languageLabels } from "@/lib/labels";

type Sheet = "solution" | "notes";

/** The editor with the solution and the notes. */
export function CodePanel() {
  const { store, view, runs } = useRoom();
  const [sheet, setSheet] = useState<Sheet>("solution");
  const [typedSince, setTypedSince] = useState<string | null>(null);
  const language = useChosenLanguage();
  const docId: DocId = sheet === "notes" ? "notes" : `solution:${language}`;
  const running = view.state.status === "in_progress";
  const { latest } = runs;
  const marked = sheet === "solution" && latest?.language === language && latest.run_id !== typedSince;

  const readText = useCallback((id: string) => store.desk.doc(id as DocId).text, [store]);
  const change = useCallback(
    (id: string, text: string) => {
      if (store.desk.doc(id as DocId).text === text) return;
      setTypedSince(store.snapshot().state.runs.at(-1)?.run_id ?? null);
      store.desk.typed(id as DocId, text);
    },
    [store],
  );
  const leave = useCallback(() => store.desk.saveNow(), [store]);

  return (
    <section aria-label="Code" className="flex min-h-0 flex-1 flex-col bg-card">
      <Tabs value={sheet} onValueChange={(value) => setSheet(value as Sheet)} activationMode="manual">
        <div className="flex flex-wrap items-center gap-x-4 border-b px-4 lg:py-1">
          <TabsList className="h-12 lg:-my-1 items-stretch gap-4 border-b-0" aria-label="Files">
            <TabsTrigger value="solution" className="h-12" aria-controls="editor-place">
              Solution
            </TabsTrigger>
            <TabsTrigger value="notes" className="h-12" aria-controls="editor-place">
              Notes
            </TabsTrigger>
          </TabsList>
          <SavingMark docId={docId} />
          <CodeToolbar sheet={sheet} />
        </div>
      </Tabs>
      <StaleBar docId={docId} />
      <div id="editor-place" role="tabpanel" aria-label={sheet === "notes" ? "Notes" : "Solution"} className="min-h-0 flex-1">
        <CodeEditor
          docId={docId}
          language={sheet === "notes" ? null : language}
          label={sheet === "notes" ? "Your notes" : `Your solution in ${languageLabels[language]}`}
          readText={readText}
          revision={store.desk.doc(docId).revision}
          readOnly={!running}
          errorLine={marked ? (latest.result?.line ?? null) : null}
          onChange={change}
          onBlur={leave}
        />
      </div>
    </section>
  );
}

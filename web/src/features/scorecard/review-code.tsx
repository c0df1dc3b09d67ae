import { useState } from "react";
import { linesOf } from "./quoted-lines";
import type { Language, SessionState } from "@/features/room/fold";
import { CodeBlock } from "@/components/markdown/code-block";
import { Tabs, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { languageLabels } from "@/lib/labels";

type ReviewCodeProps = { state: SessionState; starter: Record<string, string>; seq: number; quote: string };

/** The files as they stood at a moment. */
export function ReviewCode({ state, starter, quote }: ReviewCodeProps) {
  const [sheet, setSheet] = useState("solution");
  const language: Language = state.language;
  const solution = state.solutions[language]?.text ?? starter[language] ?? "";
  const notes = sheet === "notes";
  const code = notes ? state.notes.text : solution;
  return (
    <div className="flex min-w-0 flex-col">
      <Tabs value={sheet} onValueChange={setSheet}>
        <TabsList aria-label="Files at this moment" className="px-4">
          <TabsTrigger value="solution" aria-controls="review-file">
            Solution
            <span className="font-normal text-muted-foreground">{languageLabels[language]}</span>
          </TabsTrigger>
          <TabsTrigger value="notes" aria-controls="review-file">
            Notes
          </TabsTrigger>
        </TabsList>
      </Tabs>
      <div id="review-file" role="tabpanel" aria-label={notes ? "Notes" : "Solution"} className="min-h-0 flex-1">
        {notes && !code ? (
          <p className="px-4 py-4 text-muted-foreground">No notes at this moment.</p>
        ) : (
          <CodeBlock
            code={code}
            language={notes ? null : language}
            label={notes ? "Notes at this moment" : "Code at this moment"}
            marked={linesOf(code, quote)}
            className="h-64 lg:h-120 print:h-auto"
          />
        )}
      </div>
    </div>
  );
}

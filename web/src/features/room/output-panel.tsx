import { useState } from "react";
import { STDIN_LIMIT_BYTES } from "./protocol";
import { useRoom } from "./room-context";
import { RunTrouble } from "./run-trouble";
import { RunOutput, RunSentence } from "@/components/runs/run-result";
import { TestRows } from "@/components/runs/test-rows";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { Textarea } from "@/components/ui/textarea";

type Shown = "output" | "tests" | "input";

/** What came of the last run, and the input of the next one. */
export function OutputPanel() {
  const { runs } = useRoom();
  const [chosen, setChosen] = useState<{ shown: Shown; run: string | null }>({ shown: "output", run: null });
  const current = runs.busy ?? runs.latest?.run_id ?? null;
  // A new run brings its own tab forward; a choice made since then stands.
  const kind = runs.busy ?? runs.latest?.kind ?? "script";
  const shown = chosen.run === current ? chosen.shown : kind === "tests" ? "tests" : "output";
  return (
    <section aria-label="Output" className="flex min-h-0 flex-1 flex-col bg-background">
      <Tabs
        value={shown}
        onValueChange={(value) => setChosen({ shown: value as Shown, run: current })}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabsList className="shrink-0 px-4" aria-label="Output">
          <TabsTrigger value="output">Output</TabsTrigger>
          <TabsTrigger value="tests">Tests</TabsTrigger>
          <TabsTrigger value="input">Input</TabsTrigger>
        </TabsList>
        <TabsContent value="output" className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
          <RunTrouble />
          <OutputTab />
        </TabsContent>
        <TabsContent value="tests" className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
          <RunTrouble />
          <TestsTab />
        </TabsContent>
        <TabsContent value="input" className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
          <InputTab />
        </TabsContent>
      </Tabs>
    </section>
  );
}

function Busy({ children }: { children: string }) {
  const { ahead } = useRoom().runs;
  return (
    <p role="status" className="animate-pulse text-muted-foreground">
      {ahead > 0 ? `Waiting: ${ahead} ${ahead === 1 ? "run" : "runs"} before yours` : children}
    </p>
  );
}

function OutputTab() {
  const { runs } = useRoom();
  const result = runs.latest?.result;
  if (runs.busy) return <Busy>{runs.busy === "tests" ? "Running the tests" : "Running"}</Busy>;
  if (!result) {
    return <p className="text-muted-foreground">What your program prints appears here. Give it something to read under Input.</p>;
  }
  return (
    <div className="flex flex-col gap-3" data-testid="run-output">
      <RunSentence result={result} />
      <RunOutput result={result} />
    </div>
  );
}

function TestsTab() {
  const { runs, view, session } = useRoom();
  const result = view.state.runs.findLast((run) => run.kind === "tests" && run.result)?.result;
  if (runs.busy === "tests") return <Busy>Running the tests</Busy>;
  if (!result) {
    const count = session.problem.visible_tests.length;
    return (
      <p className="text-muted-foreground">
        {count} tests that you can see, and further checks that you cannot. Run them as often as you like.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-2" data-testid="test-results">
      <RunSentence result={result} />
      <TestRows tests={result.tests} />
    </div>
  );
}

function InputTab() {
  const { runs } = useRoom();
  return (
    <div className="flex h-full flex-col gap-1.5">
      <label htmlFor="stdin" className="text-sm text-muted-foreground">
        What the program reads from standard input when you press Run
      </label>
      <Textarea
        id="stdin"
        value={runs.stdin}
        maxLength={STDIN_LIMIT_BYTES}
        spellCheck={false}
        onChange={(event) => runs.setStdin(event.target.value)}
        className="min-h-20 flex-1 resize-none font-mono text-sm"
      />
    </div>
  );
}

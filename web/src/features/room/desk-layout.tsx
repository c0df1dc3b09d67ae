import { ChevronDown, ChevronUp } from "lucide-react";
import { useState } from "react";
import { ChatPanel } from "./chat-panel";
import { CodePanel } from "./code-panel";
import { OutputPanel } from "./output-panel";
import { ProblemPanel } from "./problem-panel";
import { ResizableGroup, ResizableHandle, ResizablePanel } from "@/components/ui/resizable";
import { usePanelRef } from "react-resizable-panels";

const HEADER = "44px";

/** On a desk: the problem over the conversation at the left, the code over its output at the right. */
export function DeskLayout() {
  return (
    <ResizableGroup orientation="horizontal" className="min-h-0 flex-1">
      <ResizablePanel id="talk" defaultSize="38%" minSize="24%">
        <TalkColumn />
      </ResizablePanel>
      <ResizableHandle aria-label="Width of the conversation" />
      <ResizablePanel id="work" minSize="35%">
        <ResizableGroup orientation="vertical">
          <ResizablePanel id="code" defaultSize="66%" minSize="25%" className="flex flex-col">
            <CodePanel />
          </ResizablePanel>
          <ResizableHandle aria-label="Height of the editor" />
          <ResizablePanel id="output" minSize="15%" className="flex flex-col">
            <OutputPanel />
          </ResizablePanel>
        </ResizableGroup>
      </ResizablePanel>
    </ResizableGroup>
  );
}

function TalkColumn() {
  const problem = usePanelRef();
  const [folded, setFolded] = useState(false);
  const toggle = () => (folded ? problem.current?.expand() : problem.current?.collapse());
  const Icon = folded ? ChevronDown : ChevronUp;
  return (
    <ResizableGroup orientation="vertical">
      <ResizablePanel
        id="problem"
        panelRef={problem}
        collapsible
        collapsedSize={HEADER}
        defaultSize="42%"
        minSize="18%"
        onResize={() => setFolded(problem.current?.isCollapsed() ?? false)}
        className="flex flex-col"
      >
        <section aria-labelledby="problem-title" className="flex min-h-0 flex-1 flex-col">
          <h2 id="problem-title" className="shrink-0 text-[0.9375rem] font-medium tracking-normal">
            <button
              type="button"
              aria-expanded={!folded}
              onClick={toggle}
              className="flex h-11 w-full items-center justify-between px-4 text-left hover:bg-accent focus-visible:outline-offset-[-2px]"
            >
              Problem
              <Icon className="size-4 text-muted-foreground" aria-hidden />
            </button>
          </h2>
          <div tabIndex={0} role="group" aria-label="Problem statement" className="min-h-0 flex-1 overflow-y-auto border-t focus-visible:outline-offset-[-2px]" hidden={folded}>
            <ProblemPanel />
          </div>
        </section>
      </ResizablePanel>
      <ResizableHandle aria-label="Height of the problem" />
      <ResizablePanel id="chat" minSize="30%" className="flex flex-col">
        <ChatPanel />
      </ResizablePanel>
    </ResizableGroup>
  );
}

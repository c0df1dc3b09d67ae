"use client";

import dynamic from "next/dynamic";
import type { EditorProps } from "./editor-props";
import { Skeleton } from "@/components/ui/skeleton";
import { useMedia } from "@/lib/use-media";

const waiting = () => <EditorWaiting />;

const MonacoCodeEditor = dynamic(async () => (await import("./monaco-code-editor")).MonacoCodeEditor, {
  ssr: false,
  loading: waiting,
});
const TouchCodeEditor = dynamic(async () => (await import("./touch-code-editor")).TouchCodeEditor, {
  ssr: false,
  loading: waiting,
});

/** The editor that suits the hand: Monaco for a mouse, CodeMirror for a finger. */
export function CodeEditor(props: EditorProps) {
  const coarse = useMedia("(pointer: coarse)");
  return coarse ? <TouchCodeEditor {...props} /> : <MonacoCodeEditor {...props} />;
}

function EditorWaiting() {
  return (
    <div aria-busy="true" className="flex flex-col gap-3 p-5">
      <p role="status" className="sr-only">
        Loading the editor
      </p>
      {[60, 35, 48, 22].map((width) => (
        <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

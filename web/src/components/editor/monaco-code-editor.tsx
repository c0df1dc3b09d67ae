"use client";

import { useTheme } from "next-themes";
import { useEffect, useRef } from "react";
import type { EditorProps } from "./editor-props";
import { monaco } from "./monaco-setup";

type Editor = monaco.editor.IStandaloneCodeEditor;
type Model = monaco.editor.ITextModel;

const LF = monaco.editor.EndOfLinePreference.LF;

/** Monaco does not follow CSS variables in a font name. */
function monoFont(): string {
  const loaded = getComputedStyle(document.documentElement).getPropertyValue("--font-geist-mono").trim();
  return [loaded, "ui-monospace", "SF Mono", "Menlo", "Consolas", "monospace"].filter(Boolean).join(", ");
}

function options(label: string): monaco.editor.IStandaloneEditorConstructionOptions {
  return {
    ariaLabel: `${label}. Control M lets the Tab key leave the editor.`,
    automaticLayout: true,
    cursorSurroundingLines: 2,
    fixedOverflowWidgets: true,
    fontFamily: monoFont(),
    fontLigatures: false,
    fontSize: 14,
    lineHeight: 22,
    lineNumbersMinChars: 3,
    guides: { indentation: false },
    hideCursorInOverviewRuler: true,
    minimap: { enabled: false },
    model: null,
    overviewRulerLanes: 0,
    padding: { top: 12, bottom: 12 },
    // The usual on Linux, a dimmed number, is too faint to read.
    renderFinalNewline: "on",
    scrollBeyondLastLine: false,
    smoothScrolling: false,
    stickyScroll: { enabled: false },
    unicodeHighlight: { ambiguousCharacters: false },
    wordWrap: "on",
  };
}

/** Replaces the text as one step that can be undone. */
function replaceText(model: Model, text: string) {
  if (model.getValue(LF) === text) return;
  model.pushStackElement();
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
  model.pushStackElement();
}

/** The editor for a keyboard and a mouse. Uncontrolled; see `EditorProps.readText`. */
export function MonacoCodeEditor(props: EditorProps) {
  const { docId, language, label, readText, revision, readOnly, errorLine } = props;
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const models = useRef(new Map<string, Model>());
  const told = useRef(props);
  const { resolvedTheme } = useTheme();

  useEffect(() => {
    told.current = props;
  });

  useEffect(() => {
    monaco.editor.setTheme(resolvedTheme === "dark" ? "mockloop-dark" : "mockloop-light");
  }, [resolvedTheme]);

  useEffect(() => {
    if (!place.current) return;
    const known = models.current;
    const made = monaco.editor.create(place.current, options(label));
    const leaving = made.onDidBlurEditorText(() => told.current.onBlur());
    editor.current = made;
    // Letters are measured once; ours may come later than that.
    void document.fonts.ready.then(() => monaco.editor.remeasureFonts());
    return () => {
      leaving.dispose();
      made.dispose();
      for (const model of known.values()) model.dispose();
      known.clear();
      editor.current = null;
    };
  }, [label]);

  useEffect(() => {
    let model = models.current.get(docId);
    if (!model) {
      const made = monaco.editor.createModel(readText(docId), language ?? "plaintext");
      made.setEOL(monaco.editor.EndOfLineSequence.LF);
      made.updateOptions({ tabSize: language === "python" || !language ? 4 : 2, insertSpaces: true });
      made.onDidChangeContent(() => told.current.onChange(docId, made.getValue(LF)));
      models.current.set(docId, made);
      model = made;
    }
    replaceText(model, readText(docId));
    if (editor.current?.getModel() !== model) editor.current?.setModel(model);
  }, [docId, language, readText, revision, label]);

  useEffect(() => {
    editor.current?.updateOptions({ readOnly, domReadOnly: readOnly });
  }, [readOnly, label]);

  useErrorLine(editor, errorLine, docId);

  return <div ref={place} className="size-full" data-testid="editor" />;
}

function useErrorLine(editor: React.RefObject<Editor | null>, line: number | null, docId: string) {
  useEffect(() => {
    const made = editor.current;
    if (!made || line === null || line > (made.getModel()?.getLineCount() ?? 0)) return;
    const marks = made.createDecorationsCollection([
      {
        range: new monaco.Range(line, 1, line, 1),
        options: {
          isWholeLine: true,
          className: "bg-destructive-soft",
          linesDecorationsClassName: "border-l-4 border-destructive",
        },
      },
    ]);
    made.revealLineInCenterIfOutsideViewport(line);
    return () => marks.clear();
  }, [editor, line, docId]);
}

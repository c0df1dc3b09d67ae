"use client";

import { javascript } from "@codemirror/lang-javascript";
import { python } from "@codemirror/lang-python";
import { oneDark } from "@codemirror/theme-one-dark";
import CodeMirror, {
  Decoration,
  type DecorationSet,
  EditorView,
  type Extension,
  Prec,
  type ReactCodeMirrorRef,
  StateEffect,
  StateField,
} from "@uiw/react-codemirror";
import { useTheme } from "next-themes";
import { useEffect, useMemo, useRef } from "react";
import type { EditorProps } from "./editor-props";

const markLine = StateEffect.define<number | null>();
const lineMark = Decoration.line({ class: "bg-destructive-soft" });

const markedLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, change) {
    let next = marks.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(markLine)) continue;
      const wanted = effect.value;
      const there = wanted !== null && wanted <= change.state.doc.lines;
      next = there ? Decoration.set([lineMark.range(change.state.doc.line(wanted).from)]) : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function extensionsFor(language: EditorProps["language"], label: string): Extension[] {
  const grammar = language === "python" ? [python()] : language ? [javascript({ typescript: language === "typescript" })] : [];
  return [
    ...grammar,
    markedLine,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      "aria-label": label,
      autocapitalize: "off",
      autocorrect: "off",
      spellcheck: "false",
      tabindex: "0",
    }),
    // Above the theme for the dark, whose grounds are not ours.
    Prec.highest(
      EditorView.theme({
        "&": { fontSize: "16px", backgroundColor: "var(--card)", height: "100%" },
        "&.cm-focused": { outline: "none" },
        ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.55" },
        ".cm-gutters": { backgroundColor: "var(--card)", color: "var(--muted-foreground)", border: "none" },
        ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--muted) 60%, transparent)" },
        ".cm-activeLineGutter": { backgroundColor: "var(--muted)", color: "var(--foreground)" },
      }),
    ),
  ];
}

/** The editor for fingers: a native text field underneath, so that phone keyboards and their menus work. */
export function TouchCodeEditor(props: EditorProps) {
  return <TouchDocument key={props.docId} {...props} />;
}

function TouchDocument(props: EditorProps) {
  const { docId, language, label, readText, revision, readOnly, errorLine, onChange, onBlur } = props;
  const mirror = useRef<ReactCodeMirrorRef>(null);
  const { resolvedTheme } = useTheme();
  const extensions = useMemo(() => extensionsFor(language, label), [language, label]);

  useEffect(() => {
    const view = mirror.current?.view;
    const text = readText(docId);
    if (!view || view.state.doc.toString() === text) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  }, [docId, readText, revision]);

  useEffect(() => {
    mirror.current?.view?.dispatch({ effects: markLine.of(errorLine) });
  }, [errorLine]);

  const first = useMemo(() => readText(docId), [docId, readText]);
  return (
    <CodeMirror
      ref={mirror}
      value={first}
      height="100%"
      className="size-full overflow-hidden"
      data-testid="editor"
      theme={resolvedTheme === "dark" ? oneDark : "light"}
      extensions={extensions}
      basicSetup={{ foldGutter: false, autocompletion: false, tabSize: language === "python" ? 4 : 2 }}
      indentWithTab={false}
      editable={!readOnly}
      onChange={(text) => onChange(docId, text)}
      onBlur={onBlur}
    />
  );
}

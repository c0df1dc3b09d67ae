/** Monaco with what it needs here: three languages, a worker from our own origin, and our colours. Loaded late. */
import * as monaco from "monaco-editor/editor";
import "monaco-editor/features/register.all";
import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/python/register";
import "monaco-editor/languages/definitions/typescript/register";

self.MonacoEnvironment = {
  getWorker: () =>
    new Worker(new URL("monaco-editor/editor/editor.worker.js", import.meta.url), { type: "module" }),
};

type Colours = { base: "vs" | "vs-dark"; colours: Record<string, string>; words: Record<string, string> };

const themes: Record<"mockloop-light" | "mockloop-dark", Colours> = {
  "mockloop-light": {
    base: "vs",
    colours: {
      "editor.background": "#fcfbf8",
      "editor.foreground": "#1c1b18",
      "editorLineNumber.foreground": "#757166",
      "editorLineNumber.activeForeground": "#1c1b18",
      "editor.lineHighlightBackground": "#f2f0e9",
      "editor.lineHighlightBorder": "#f2f0e9",
      "editor.selectionBackground": "#cfe3d6",
      "editorCursor.foreground": "#17553d",
      "editorWidget.background": "#fffefb",
      "editorWidget.border": "#dcd9ce",
      "editorBracketMatch.background": "#dfe9e1",
      "editorBracketMatch.border": "#17553d",
      focusBorder: "#17553d",
    },
    words: { keyword: "17553d", string: "7a3e12", number: "1f4e86", comment: "625f55", type: "6a2f6e", delimiter: "1c1b18" },
  },
  "mockloop-dark": {
    base: "vs-dark",
    colours: {
      "editor.background": "#1d1d19",
      "editor.foreground": "#ebe9e1",
      "editorLineNumber.foreground": "#8b877b",
      "editorLineNumber.activeForeground": "#ebe9e1",
      "editor.lineHighlightBackground": "#25251f",
      "editor.lineHighlightBorder": "#25251f",
      "editor.selectionBackground": "#2f5242",
      "editorCursor.foreground": "#8fcfae",
      "editorWidget.background": "#23231f",
      "editorWidget.border": "#34332c",
      "editorBracketMatch.background": "#20362b",
      "editorBracketMatch.border": "#8fcfae",
      focusBorder: "#8fcfae",
    },
    words: { keyword: "8fcfae", string: "e0b184", number: "9cc3ef", comment: "9d998c", type: "dba9de", delimiter: "ebe9e1" },
  },
};

for (const [name, { base, colours, words }] of Object.entries(themes)) {
  const rules = Object.entries(words).map(([token, foreground]) => ({
    token,
    foreground,
    ...(token === "comment" ? { fontStyle: "italic" } : {}),
  }));
  // Brackets in many colours say nothing here that the indentation does not.
  const brackets = [1, 2, 3].map((depth) => [`editorBracketHighlight.foreground${depth}`, colours["editor.foreground"]]);
  const colors = { ...colours, ...Object.fromEntries(brackets) };
  monaco.editor.defineTheme(name, { base, inherit: true, rules, colors });
}

export { monaco };

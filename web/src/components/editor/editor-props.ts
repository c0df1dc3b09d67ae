import type { Language } from "@/lib/api/types";

/** Two tabs of one file each; the editor keeps the undo history of every document it has shown. */
export type EditorProps = {
  /** Which document is shown. */
  docId: string;
  /** Null for plain text. */
  language: Language | null;
  /** What the editor is for, for those who hear it. */
  label: string;
  /**
   * The text of the document now. Read when the document or its revision changes, never on a keystroke: an editor
   * that is told what it just said loses letters under fast typing.
   */
  readText: (docId: string) => string;
  /** Grows when the text changed other than by typing here. */
  revision: number;
  readOnly: boolean;
  /** A line to mark, counted from 1. */
  errorLine: number | null;
  onChange: (docId: string, text: string) => void;
  onBlur: () => void;
};

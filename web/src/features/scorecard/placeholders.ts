/** A piece of a revised answer: words, or a placeholder that the candidate is to fill in. */
export type Piece = { text: string; placeholder: boolean };

/** Brackets around words. With digits, or right behind a word, they are an index or a range: `seen[key]`, `[0, 1]`. */
const BRACKETS = /(?<![\p{L}\p{N}_\])])\[(?=[^[\]]*\p{L}{2})[^[\]\p{N}\n]{2,90}\]/gu;

/** The pieces of a text, in order. Brackets that stand in `known` are the candidate's own, or the question's. */
export function piecesOf(text: string, known: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(BRACKETS)) {
    if (known.includes(found)) continue;
    if (index > at) pieces.push({ text: text.slice(at, index), placeholder: false });
    pieces.push({ text: found, placeholder: true });
    at = index + found.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), placeholder: false });
  return pieces;
}

/** A text's paragraphs, without empty ones. */
export function paragraphsOf(text: string): string[] {
  return text.split(/\n+/).filter((line) => line.trim() !== "");
}

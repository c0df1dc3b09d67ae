/** The lines of `text`, counted from 1, on which `quote` stands; none when it does not. */
export function linesOf(text: string, quote: string): number[] {
  const wanted = quote.trim();
  if (!wanted) return [];
  const at = text.indexOf(wanted);
  if (at < 0) return [];
  const first = text.slice(0, at).split("\n").length;
  return wanted.split("\n").map((_, index) => first + index);
}

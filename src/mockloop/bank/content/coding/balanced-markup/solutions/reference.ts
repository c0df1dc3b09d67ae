const CLOSER_OF = new Map<string, string>([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);
const CLOSERS = new Set(CLOSER_OF.values());

/** Whether every bracket of the note is closed by its own kind and in the right order. */
function is_balanced(note: string): boolean {
  const awaited: string[] = [];
  for (const character of note) {
    const closer = CLOSER_OF.get(character);
    if (closer !== undefined) {
      awaited.push(closer);
    } else if (CLOSERS.has(character) && awaited.pop() !== character) {
      return false;
    }
  }
  return awaited.length === 0;
}

const CLOSER_OF = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);
const CLOSERS = new Set(CLOSER_OF.values());

/**
 * Whether every bracket of the note is closed by its own kind and in the right order.
 *
 * @param {string} note
 * @returns {boolean}
 */
function is_balanced(note) {
  const awaited = [];
  for (const character of note) {
    if (CLOSER_OF.has(character)) {
      awaited.push(CLOSER_OF.get(character));
    } else if (CLOSERS.has(character) && awaited.pop() !== character) {
      return false;
    }
  }
  return awaited.length === 0;
}

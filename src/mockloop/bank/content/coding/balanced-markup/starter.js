/**
 * Whether every bracket of the note is closed by its own kind and in the right order.
 *
 * @param {string} note
 * @returns {boolean}
 */
function is_balanced(note) {
  return false;
}

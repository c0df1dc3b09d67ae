/** Whether every bracket of the note is closed by its own kind and in the right order. */
function is_balanced(note: string): boolean {
  return false;
}

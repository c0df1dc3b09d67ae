function is_balanced(note) {
  const openerOf = { ")": "(", "]": "[", "}": "{" };
  const stack = [];
  for (const character of note) {
    if ("([{".includes(character)) {
      stack.push(character);
    } else if (character in openerOf) {
      if (stack.pop() !== openerOf[character]) {
        return false;
      }
    }
  }
  return true;
}

function is_balanced(note: string): boolean {
  const openerOf: Record<string, string> = { ")": "(", "]": "[", "}": "{" };
  const stack: string[] = [];
  for (const character of note) {
    if ("([{".includes(character)) {
      stack.push(character);
    } else if (")]}".includes(character) && stack.length > 0) {
      if (stack.pop() !== openerOf[character]) {
        return false;
      }
    }
  }
  return stack.length === 0;
}

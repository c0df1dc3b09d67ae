function answer(token) {
  process.exit(0);
}

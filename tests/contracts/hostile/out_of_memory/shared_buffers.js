const x = [];
for (;;) x.push(new Uint8Array(new SharedArrayBuffer(4 << 20)).fill(1));

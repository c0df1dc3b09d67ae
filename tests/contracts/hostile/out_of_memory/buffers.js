const x = [];
for (;;) x.push(Buffer.alloc(4 << 20, 1));

const x = [];
for (;;) x.push(new Float64Array(1 << 18).fill(1));

const x = [];
for (;;) x.push(new Array(100000).fill(x.length));

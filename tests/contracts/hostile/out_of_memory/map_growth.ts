const x = new Map<number, number[]>();
for (let i = 0; ; i++) x.set(i, [i, i, i, i, i, i, i, i]);

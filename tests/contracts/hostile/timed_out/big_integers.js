let x = 3n;
for (;;) x = (x * x) % (1n << 2000000n);

let x: number = 0;
while (true) x += 1;

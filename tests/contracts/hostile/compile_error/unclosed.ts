const a: number[] = [1, 2;

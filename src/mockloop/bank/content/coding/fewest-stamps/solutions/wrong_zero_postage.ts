function fewest_stamps(values: number[], postage: number): number {
  const reached = new Set<number>([0]);
  let sums = [0];
  for (let stamps = 1; sums.length > 0; stamps++) {
    const next: number[] = [];
    for (const sum of sums) {
      for (const value of values) {
        const total = sum + value;
        if (total === postage) {
          return stamps;
        }
        if (total < postage && !reached.has(total)) {
          reached.add(total);
          next.push(total);
        }
      }
    }
    sums = next;
  }
  return -1;
}

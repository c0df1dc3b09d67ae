/** The smallest number of stamps that add up to the postage exactly, or -1. */
function fewest_stamps(values: number[], postage: number): number {
  const fewest = new Array<number>(postage + 1).fill(Infinity);
  fewest[0] = 0;
  for (const value of values) {
    // Rising amounts, so that the same value can be used again and again.
    for (let amount = value; amount <= postage; amount++) {
      fewest[amount] = Math.min(fewest[amount], fewest[amount - value] + 1);
    }
  }
  return Number.isFinite(fewest[postage]) ? fewest[postage] : -1;
}

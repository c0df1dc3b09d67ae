function fewest_stamps(values, postage) {
  const fewest = new Array(postage + 1).fill(Infinity);
  fewest[0] = 0;
  for (const value of values) {
    for (let amount = postage; amount >= value; amount--) {
      fewest[amount] = Math.min(fewest[amount], fewest[amount - value] + 1);
    }
  }
  return fewest[postage] === Infinity ? -1 : fewest[postage];
}

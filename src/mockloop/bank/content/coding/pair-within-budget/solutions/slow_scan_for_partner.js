function pair_within_budget(prices, budget) {
  let best = [];
  let bestTotal = -1;
  for (let i = 0; i < prices.length; i += 1) {
    for (let j = prices.length - 1; j > i; j -= 1) {
      const total = prices[i] + prices[j];
      if (total <= budget && total > bestTotal) {
        best = [i, j];
        bestTotal = total;
      }
    }
  }
  return best;
}

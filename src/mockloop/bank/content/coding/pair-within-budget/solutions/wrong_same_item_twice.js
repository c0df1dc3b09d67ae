function pair_within_budget(prices, budget) {
  let best = [];
  let bestTotal = -1;
  let left = 0;
  let right = prices.length - 1;
  while (left <= right) {
    const total = prices[left] + prices[right];
    if (total > budget) {
      right -= 1;
    } else {
      if (total > bestTotal) {
        best = [left, right];
        bestTotal = total;
      }
      left += 1;
    }
  }
  return best;
}

/**
 * Close in from both ends: a sum above the budget moves the dear end, any other sum the cheap end.
 * The pair furthest apart among equal sums is met first, so only a strictly better sum replaces the best.
 */
function pair_within_budget(prices, budget) {
  let bestPair = [];
  let bestTotal = -1;
  let left = 0;
  let right = prices.length - 1;
  while (left < right) {
    const total = prices[left] + prices[right];
    if (total > budget) {
      right -= 1;
      continue;
    }
    if (total > bestTotal) {
      bestPair = [left, right];
      bestTotal = total;
    }
    left += 1;
  }
  return bestPair;
}

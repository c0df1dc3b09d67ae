/** The positions [i, j] of the two items that come closest to the budget, or [] if no two fit. */
function pair_within_budget(prices: number[], budget: number): number[] {
  // Your code here
  return [];
}

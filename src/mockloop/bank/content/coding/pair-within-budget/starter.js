/**
 * The positions [i, j] of the two items that come closest to the budget, or [] if no two fit.
 *
 * @param {number[]} prices in ascending order
 * @param {number} budget
 * @return {number[]}
 */
function pair_within_budget(prices, budget) {
  // Your code here
  return [];
}

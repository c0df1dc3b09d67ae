/**
 * The smallest number of stamps that add up to the postage exactly, or -1.
 *
 * @param {number[]} values
 * @param {number} postage
 * @returns {number}
 */
function fewest_stamps(values, postage) {
  const fewest = new Array(postage + 1).fill(Infinity);
  fewest[0] = 0;
  for (const value of values) {
    // Rising amounts, so that the same value can be used again and again.
    for (let amount = value; amount <= postage; amount++) {
      fewest[amount] = Math.min(fewest[amount], fewest[amount - value] + 1);
    }
  }
  return Number.isFinite(fewest[postage]) ? fewest[postage] : -1;
}

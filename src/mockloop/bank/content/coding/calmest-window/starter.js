/**
 * Return where the k consecutive readings with the smallest spread begin, the earliest of equals.
 *
 * @param {number[]} readings
 * @param {number} k
 * @return {number}
 */
function calmest_window(readings, k) {
  // Your code here
  return 0;
}

// The nodes of the chart are given to you as objects of this class:
//
// class TreeNode {
//   val;    // number
//   left;   // TreeNode or null
//   right;  // TreeNode or null
// }

/**
 * The badge number of the lowest person whose branch holds both, or -1.
 *
 * @param {TreeNode | null} chart
 * @param {number} first
 * @param {number} second
 * @returns {number}
 */
function closest_manager(chart, first, second) {
  return 0;
}

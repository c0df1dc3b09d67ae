// The nodes of the chart are given to you as objects of this class:
//
// class TreeNode {
//   val: number;
//   left: TreeNode | null;
//   right: TreeNode | null;
// }

/** The badge number of the lowest person whose branch holds both, or -1. */
function closest_manager(chart: TreeNode | null, first: number, second: number): number {
  return 0;
}

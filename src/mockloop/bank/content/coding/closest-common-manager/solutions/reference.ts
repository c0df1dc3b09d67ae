/** The badge number of the lowest person whose branch holds both, or -1. */
function closest_manager(chart: TreeNode | null, first: number, second: number): number {
  const wanted = new Set([first, second]);
  let closest = -1;

  function countWanted(person: TreeNode | null): number {
    if (person === null) {
      return 0;
    }
    const own = wanted.has(person.val) ? 1 : 0;
    const found = countWanted(person.left) + countWanted(person.right) + own;
    // People below are finished first, so the first complete branch is the lowest one.
    if (found === wanted.size && closest === -1) {
      closest = person.val;
    }
    return found;
  }

  countWanted(chart);
  return closest;
}

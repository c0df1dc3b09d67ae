function closest_manager(chart: TreeNode | null, first: number, second: number): number {
  let closest = -1;
  function count(person: TreeNode | null): number {
    if (person === null) {
      return 0;
    }
    let found = count(person.left) + count(person.right);
    if (person.val === first || person.val === second) {
      found += 1;
    }
    if (found === 2 && closest === -1) {
      closest = person.val;
    }
    return found;
  }
  count(chart);
  return closest;
}

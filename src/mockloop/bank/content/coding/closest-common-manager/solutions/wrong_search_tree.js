function closest_manager(chart, first, second) {
  const low = Math.min(first, second);
  const high = Math.max(first, second);
  let person = chart;
  while (person !== null) {
    if (high < person.val) {
      person = person.left;
    } else if (low > person.val) {
      person = person.right;
    } else {
      return person.val;
    }
  }
  return -1;
}

/**
 * Return the order of all courses, smallest number first where there is a choice; [] if impossible.
 *
 * @param {number} courses how many there are, numbered from 0
 * @param {number[][]} needs pairs [course, earlier]
 * @return {number[]}
 */
function build_order(courses, needs) {
  // Your code here
  return [];
}

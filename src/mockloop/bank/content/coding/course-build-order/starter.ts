/** Return the order of all courses, smallest number first where there is a choice; [] if impossible. */
function build_order(courses: number, needs: [number, number][]): number[] {
  // Your code here
  return [];
}

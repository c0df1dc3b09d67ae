function build_order(courses: number, needs: [number, number][]): number[] {
  const before: number[][] = Array.from({ length: courses }, () => []);
  for (const [course, earlier] of needs) before[course].push(earlier);
  for (const list of before) list.sort((a, b) => a - b);

  const state = new Array<"new" | "open" | "done">(courses).fill("new");
  const order: number[] = [];
  const visit = (course: number): boolean => {
    if (state[course] !== "new") return state[course] === "done";
    state[course] = "open";
    if (!before[course].every(visit)) return false;
    state[course] = "done";
    order.push(course);
    return true;
  };
  for (let course = 0; course < courses; course++) {
    if (!visit(course)) return [];
  }
  return order;
}

function build_order(courses, needs) {
  const unlocks = Array.from({ length: courses }, () => new Set());
  const waiting = new Array(courses).fill(0);
  for (const [course, earlier] of needs) {
    unlocks[earlier].add(course);
    waiting[course]++;
  }
  const ready = [];
  for (let course = 0; course < courses; course++) {
    if (waiting[course] === 0) ready.push(course);
  }
  const order = [];
  while (ready.length) {
    ready.sort((a, b) => a - b);
    const finished = ready.shift();
    order.push(finished);
    for (const course of unlocks[finished]) {
      if (--waiting[course] === 0) ready.push(course);
    }
  }
  return order.length === courses ? order : [];
}

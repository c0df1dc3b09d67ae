/** A binary heap of numbers with the smallest on top. */
class MinHeap {
  readonly #items: number[] = [];

  get size(): number {
    return this.#items.length;
  }

  push(value: number): void {
    const items = this.#items;
    let at = items.length;
    items.push(value);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (items[parent] <= value) break;
      items[at] = items[parent];
      at = parent;
    }
    items[at] = value;
  }

  /** Remove and return the smallest number; the heap must not be empty. */
  pop(): number {
    const items = this.#items;
    const smallest = items[0];
    const moved = items.pop()!;
    if (items.length === 0) return smallest;

    let at = 0;
    for (let child = 1; child < items.length; child = 2 * at + 1) {
      if (child + 1 < items.length && items[child + 1] < items[child]) child += 1;
      if (moved <= items[child]) break;
      items[at] = items[child];
      at = child;
    }
    items[at] = moved;
    return smallest;
  }
}

/** Return the order of all courses, smallest number first where there is a choice; [] if impossible. */
function build_order(courses: number, needs: [number, number][]): number[] {
  const unlocks: number[][] = Array.from({ length: courses }, () => []);
  const openNeeds = new Array<number>(courses).fill(0);
  for (const [course, earlier] of needs) {
    unlocks[earlier].push(course);
    openNeeds[course] += 1;
  }

  const ready = new MinHeap();
  openNeeds.forEach((count, course) => {
    if (count === 0) ready.push(course);
  });

  const order: number[] = [];
  while (ready.size > 0) {
    const finished = ready.pop();
    order.push(finished);
    for (const course of unlocks[finished]) {
      openNeeds[course] -= 1;
      if (openNeeds[course] === 0) ready.push(course);
    }
  }
  return order.length === courses ? order : [];
}

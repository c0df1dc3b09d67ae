import heapq


def build_order(courses: int, needs: list[list[int]]) -> list[int]:
    """Return the order of all courses, smallest number first where there is a choice; [] if impossible."""
    unlocks: list[list[int]] = [[] for _ in range(courses)]
    open_needs = [0] * courses
    for course, earlier in needs:
        unlocks[earlier].append(course)
        open_needs[course] += 1

    ready = [course for course in range(courses) if open_needs[course] == 0]  # sorted, hence already a heap
    order: list[int] = []
    while ready:
        finished = heapq.heappop(ready)
        order.append(finished)
        for course in unlocks[finished]:
            open_needs[course] -= 1
            if open_needs[course] == 0:
                heapq.heappush(ready, course)

    return order if len(order) == courses else []

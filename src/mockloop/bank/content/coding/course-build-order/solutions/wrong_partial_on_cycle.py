import heapq


def build_order(courses, needs):
    unlocks = [[] for _ in range(courses)]
    open_needs = [0] * courses
    for course, earlier in needs:
        unlocks[earlier].append(course)
        open_needs[course] += 1
    ready = [course for course in range(courses) if open_needs[course] == 0]
    order = []
    while ready:
        finished = heapq.heappop(ready)
        order.append(finished)
        for course in unlocks[finished]:
            open_needs[course] -= 1
            if open_needs[course] == 0:
                heapq.heappush(ready, course)
    return order

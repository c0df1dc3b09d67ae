def build_order(courses, needs):
    unlocks = [[] for _ in range(courses)]
    open_needs = [0] * courses
    for course, earlier in needs:
        unlocks[earlier].append(course)
        open_needs[course] += 1
    level = [course for course in range(courses) if open_needs[course] == 0]
    order = []
    while level:
        order.extend(level)
        following = []
        for finished in level:
            for course in unlocks[finished]:
                open_needs[course] -= 1
                if open_needs[course] == 0:
                    following.append(course)
        level = sorted(following)
    return order if len(order) == courses else []

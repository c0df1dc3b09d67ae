def build_order(courses, needs):
    before = [set() for _ in range(courses)]
    for course, earlier in needs:
        before[course].add(earlier)
    written = set()
    order = []
    while len(order) < courses:
        for course in range(courses):
            if course not in written and before[course] <= written:
                written.add(course)
                order.append(course)
                break
        else:
            return []
    return order

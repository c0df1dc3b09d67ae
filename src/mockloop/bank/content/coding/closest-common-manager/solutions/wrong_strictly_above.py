def closest_manager(chart, first, second):
    manager_of = {}
    waiting = [(chart, None)] if chart else []
    while waiting:
        person, manager = waiting.pop()
        manager_of[person.val] = manager
        for report in (person.left, person.right):
            if report:
                waiting.append((report, person.val))
    if first not in manager_of or second not in manager_of:
        return -1
    if first == second:
        return first
    above_first = set()
    manager = manager_of[first]
    while manager is not None:
        above_first.add(manager)
        manager = manager_of[manager]
    manager = manager_of[second]
    while manager is not None and manager not in above_first:
        manager = manager_of[manager]
    return -1 if manager is None else manager

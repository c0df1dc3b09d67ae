def closest_manager(chart, first, second):
    people = []
    managers = []
    queue = [(chart, None)] if chart else []
    while queue:
        person, manager = queue.pop(0)
        if person.val in people:
            continue
        people.append(person.val)
        managers.append(manager)
        for report in (person.left, person.right):
            if report:
                queue.append((report, person.val))
    if first not in people or second not in people:
        return -1

    def chain_up(badge):
        chain = []
        while badge is not None:
            chain.append(badge)
            badge = managers[people.index(badge)]
        return chain

    second_chain = chain_up(second)
    return next(badge for badge in chain_up(first) if badge in second_chain)

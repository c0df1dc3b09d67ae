def first_repeat_visitor(tickets: list[int]) -> list[int]:
    order = sorted(range(len(tickets)), key=lambda position: (tickets[position], position))
    for before, after in zip(order, order[1:]):
        if tickets[before] == tickets[after]:
            return [tickets[after], after]
    return []

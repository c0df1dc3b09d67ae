from collections import Counter


def first_repeat_visitor(tickets: list[int]) -> list[int]:
    counts = Counter(tickets)
    for ticket in tickets:
        if counts[ticket] > 1:
            return [ticket, tickets.index(ticket, tickets.index(ticket) + 1)]
    return []

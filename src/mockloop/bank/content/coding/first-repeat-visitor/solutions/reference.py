def first_repeat_visitor(tickets: list[int]) -> list[int]:
    """Remember who has passed; the first ticket that is remembered already is the answer."""
    seen: set[int] = set()
    for position, ticket in enumerate(tickets):
        if ticket in seen:
            return [ticket, position]
        seen.add(ticket)
    return []

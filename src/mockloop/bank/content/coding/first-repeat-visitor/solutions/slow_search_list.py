def first_repeat_visitor(tickets: list[int]) -> list[int]:
    for position, ticket in enumerate(tickets):
        if ticket in tickets[:position]:
            return [ticket, position]
    return []

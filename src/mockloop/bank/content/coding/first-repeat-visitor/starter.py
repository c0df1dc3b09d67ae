def first_repeat_visitor(tickets: list[int]) -> list[int]:
    """Return [ticket, position] of the earliest second passage, or [] if nobody came back."""
    # Your code here
    return []

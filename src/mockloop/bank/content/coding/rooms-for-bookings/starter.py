def rooms_needed(bookings: list[list[int]]) -> int:
    """Return the smallest number of rooms that holds all bookings."""
    # Your code here
    return 0

def rooms_needed(bookings: list[list[int]]) -> int:
    """Return the smallest number of rooms that holds all bookings."""
    starts = sorted(start for start, _ in bookings)
    ends = sorted(end for _, end in bookings)

    rooms = 0
    departures = 0
    for start in starts:
        if ends[departures] <= start:
            departures += 1  # the newcomers take over the room that became free
        else:
            rooms += 1
    return rooms

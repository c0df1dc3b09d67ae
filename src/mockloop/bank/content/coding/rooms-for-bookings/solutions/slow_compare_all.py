def rooms_needed(bookings):
    most = 0
    for start, _ in bookings:
        inside = 0
        for other_start, other_end in bookings:
            if other_start <= start < other_end:
                inside += 1
        most = max(most, inside)
    return most

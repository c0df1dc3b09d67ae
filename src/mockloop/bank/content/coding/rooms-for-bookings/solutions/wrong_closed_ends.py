import heapq


def rooms_needed(bookings):
    in_use = []
    for start, end in sorted(bookings):
        if in_use and in_use[0] < start:
            heapq.heapreplace(in_use, end)
        else:
            heapq.heappush(in_use, end)
    return len(in_use)

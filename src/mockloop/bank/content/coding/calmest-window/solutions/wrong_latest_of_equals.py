from collections import deque


def calmest_window(readings, k):
    high, low = deque(), deque()
    best, best_spread = 0, float("inf")
    for end, reading in enumerate(readings):
        while high and readings[high[-1]] <= reading:
            high.pop()
        while low and readings[low[-1]] >= reading:
            low.pop()
        high.append(end)
        low.append(end)
        start = end - k + 1
        if high[0] < start:
            high.popleft()
        if low[0] < start:
            low.popleft()
        if start >= 0:
            spread = readings[high[0]] - readings[low[0]]
            if spread <= best_spread:
                best, best_spread = start, spread
    return best

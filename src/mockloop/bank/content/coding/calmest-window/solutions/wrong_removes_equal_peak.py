from collections import deque


def calmest_window(readings, k):
    high, low = deque(), deque()
    best, best_spread = 0, float("inf")
    for end, reading in enumerate(readings):
        while high and high[-1] <= reading:
            high.pop()
        while low and low[-1] >= reading:
            low.pop()
        high.append(reading)
        low.append(reading)
        start = end - k + 1
        if start > 0:
            leaving = readings[start - 1]
            if high[0] == leaving:
                high.popleft()
            if low[0] == leaving:
                low.popleft()
        if start >= 0:
            spread = high[0] - low[0] if high and low else 0
            if spread < best_spread:
                best, best_spread = start, spread
    return best

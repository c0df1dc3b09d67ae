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
        if end - high[0] > k:
            high.popleft()
        if end - low[0] > k:
            low.popleft()
        if end >= k - 1:
            spread = readings[high[0]] - readings[low[0]]
            if spread < best_spread:
                best, best_spread = end - k + 1, spread
    return best

from collections import deque


def window_maxima(values: list[int], k: int) -> list[int]:
    """Return the largest value of each window of k consecutive values."""
    maxima = []
    candidates: deque[int] = deque()  # positions that can still be the largest; their values fall
    for end, value in enumerate(values):
        while candidates and values[candidates[-1]] <= value:
            candidates.pop()
        candidates.append(end)

        start = end - k + 1
        if candidates[0] < start:
            candidates.popleft()
        if start >= 0:
            maxima.append(values[candidates[0]])
    return maxima


def calmest_window(readings: list[int], k: int) -> int:
    """Return where the k consecutive readings with the smallest spread begin, the earliest of equals."""
    highest = window_maxima(readings, k)
    negated_lowest = window_maxima([-reading for reading in readings], k)
    spreads = [high + negated_low for high, negated_low in zip(highest, negated_lowest, strict=True)]
    return spreads.index(min(spreads))

def calmest_window(readings, k):
    best, best_spread = 0, float("inf")
    for start in range(len(readings) - k + 1):
        stretch = readings[start : start + k]
        spread = max(stretch) - min(stretch)
        if spread < best_spread:
            best, best_spread = start, spread
    return best

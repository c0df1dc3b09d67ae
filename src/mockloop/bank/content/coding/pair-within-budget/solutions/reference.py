def pair_within_budget(prices: list[int], budget: int) -> list[int]:
    """Close in from both ends: a sum above the budget moves the dear end, any other sum the cheap end.

    The pair furthest apart among equal sums is met first, so only a strictly better sum replaces the best.
    """
    best_pair: list[int] = []
    best_total = -1
    left, right = 0, len(prices) - 1
    while left < right:
        total = prices[left] + prices[right]
        if total > budget:
            right -= 1
            continue
        if total > best_total:
            best_pair, best_total = [left, right], total
        left += 1
    return best_pair

def pair_within_budget(prices: list[int], budget: int) -> list[int]:
    """Take the dearest item that leaves room for any other, then the dearest partner for it."""
    for right in range(len(prices) - 1, 0, -1):
        for left in range(right - 1, -1, -1):
            if prices[left] + prices[right] <= budget:
                return [left, right]
    return []

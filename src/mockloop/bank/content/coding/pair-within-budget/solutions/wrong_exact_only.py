def pair_within_budget(prices: list[int], budget: int) -> list[int]:
    left, right = 0, len(prices) - 1
    while left < right:
        total = prices[left] + prices[right]
        if total == budget:
            return [left, right]
        if total > budget:
            right -= 1
        else:
            left += 1
    return []

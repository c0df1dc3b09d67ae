def pair_within_budget(prices: list[int], budget: int) -> list[int]:
    best: list[int] = []
    best_key = (-1, -1)
    for i in range(len(prices)):
        for j in range(i + 1, len(prices)):
            total = prices[i] + prices[j]
            if total <= budget and (total, j - i) > best_key:
                best_key = (total, j - i)
                best = [i, j]
    return best

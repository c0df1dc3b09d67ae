def fewest_stamps(values, postage):
    fewest = [0] * (postage + 1)
    for amount in range(1, postage + 1):
        best = 1 if amount in values else float("inf")
        for part in range(1, amount // 2 + 1):
            best = min(best, fewest[part] + fewest[amount - part])
        fewest[amount] = best
    return fewest[postage] if fewest[postage] != float("inf") else -1

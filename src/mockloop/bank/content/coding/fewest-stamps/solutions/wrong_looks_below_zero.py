def fewest_stamps(values, postage):
    fewest = [0] + [float("inf")] * postage
    for amount in range(1, postage + 1):
        for value in values:
            fewest[amount] = min(fewest[amount], fewest[amount - value] + 1)
    return -1 if fewest[postage] == float("inf") else fewest[postage]

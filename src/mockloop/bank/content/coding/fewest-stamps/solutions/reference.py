def fewest_stamps(values: list[int], postage: int) -> int:
    """Return the smallest number of stamps that add up to the postage exactly, or -1."""
    out_of_reach = postage + 1
    fewest = [0] + [out_of_reach] * postage
    for value in values:
        # Rising amounts, so that the same value can be used again and again.
        for amount in range(value, postage + 1):
            with_value = fewest[amount - value] + 1
            if with_value < fewest[amount]:
                fewest[amount] = with_value
    return fewest[postage] if fewest[postage] < out_of_reach else -1

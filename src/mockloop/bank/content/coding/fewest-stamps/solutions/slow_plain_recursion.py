def fewest_stamps(values, postage):
    if postage == 0:
        return 0
    best = -1
    for value in values:
        if value <= postage:
            rest = fewest_stamps(values, postage - value)
            if rest != -1 and (best == -1 or rest + 1 < best):
                best = rest + 1
    return best

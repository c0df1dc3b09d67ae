def minutes_to_spread(office, starters):
    told = {(row, column) for row, column in starters}
    frontier = list(told)
    rounds = 0
    while frontier:
        following = []
        for row, column in frontier:
            for r, c in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
                inside = 0 <= r < len(office) and 0 <= c < len(office[0])
                if inside and office[r][c] == 1 and (r, c) not in told:
                    told.add((r, c))
                    following.append((r, c))
        frontier = following
        rounds += 1
    everybody = len(told) == sum(map(sum, office))
    return rounds - 1 if everybody else -1

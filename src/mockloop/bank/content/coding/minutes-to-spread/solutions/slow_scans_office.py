def minutes_to_spread(office, starters):
    knows = [[False] * len(desks) for desks in office]
    for row, column in starters:
        knows[row][column] = True
    minutes = 0
    while True:
        hearing = []
        for row, desks in enumerate(office):
            for column, desk in enumerate(desks):
                if desk == 0 or knows[row][column]:
                    continue
                for r, c in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
                    if 0 <= r < len(office) and 0 <= c < len(desks) and knows[r][c]:
                        hearing.append((row, column))
                        break
        if not hearing:
            break
        for row, column in hearing:
            knows[row][column] = True
        minutes += 1
    everybody = all(
        knows[row][column] for row, desks in enumerate(office) for column, desk in enumerate(desks) if desk == 1
    )
    return minutes if everybody else -1

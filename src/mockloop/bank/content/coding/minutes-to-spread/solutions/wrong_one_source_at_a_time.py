from collections import deque


def minutes_to_spread(office, starters):
    told = set()
    slowest = 0
    for row, column in starters:
        if (row, column) in told:
            continue
        told.add((row, column))
        queue = deque([(row, column, 0)])
        while queue:
            row, column, minute = queue.popleft()
            slowest = max(slowest, minute)
            for r, c in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
                inside = 0 <= r < len(office) and 0 <= c < len(office[0])
                if inside and office[r][c] == 1 and (r, c) not in told:
                    told.add((r, c))
                    queue.append((r, c, minute + 1))
    return slowest if len(told) == sum(map(sum, office)) else -1

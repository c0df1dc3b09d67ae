TAKEN = 1


def minutes_to_spread(office: list[list[int]], starters: list[list[int]]) -> int:
    """Return after how many minutes everybody knows the rumour, or -1 if somebody never hears it."""
    unaware = {(row, column) for row, desks in enumerate(office) for column, desk in enumerate(desks) if desk == TAKEN}
    just_heard = {(row, column) for row, column in starters}
    unaware -= just_heard
    minutes = 0
    while unaware and just_heard:
        reached = {neighbour for desk in just_heard for neighbour in neighbours(*desk)}
        just_heard = reached & unaware
        unaware -= just_heard
        minutes += 1
    return -1 if unaware else minutes


def neighbours(row: int, column: int) -> list[tuple[int, int]]:
    """The four places around a desk, also those outside the office."""
    return [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]

def minutes_to_spread(office: list[list[int]], starters: list[list[int]]) -> int:
    """Return after how many minutes everybody knows the rumour, or -1 if somebody never hears it."""
    return 0

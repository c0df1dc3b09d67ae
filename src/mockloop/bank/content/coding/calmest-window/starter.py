def calmest_window(readings: list[int], k: int) -> int:
    """Return where the k consecutive readings with the smallest spread begin, the earliest of equals."""
    # Your code here
    return 0

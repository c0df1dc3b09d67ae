def fewest_stamps(values: list[int], postage: int) -> int:
    """Return the smallest number of stamps that add up to the postage exactly, or -1."""
    return 0

def longest_fresh_streak(tracks: list[str]) -> int:
    """Return the length of the longest run of consecutive tracks in which no title comes twice."""
    return 0

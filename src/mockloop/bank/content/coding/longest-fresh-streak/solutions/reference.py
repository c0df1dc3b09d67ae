def longest_fresh_streak(tracks: list[str]) -> int:
    """Return the length of the longest run of consecutive tracks in which no title comes twice."""
    last_played: dict[str, int] = {}
    start = 0
    longest = 0
    for position, title in enumerate(tracks):
        # A repeat from before the current streak must not pull its start backwards.
        if last_played.get(title, -1) >= start:
            start = last_played[title] + 1
        last_played[title] = position
        longest = max(longest, position - start + 1)
    return longest

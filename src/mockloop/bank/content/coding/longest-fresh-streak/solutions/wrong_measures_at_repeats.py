def longest_fresh_streak(tracks):
    last_played = {}
    start = 0
    longest = 0
    for position, title in enumerate(tracks):
        if title in last_played and last_played[title] >= start:
            longest = max(longest, position - start)
            start = last_played[title] + 1
        last_played[title] = position
    return longest

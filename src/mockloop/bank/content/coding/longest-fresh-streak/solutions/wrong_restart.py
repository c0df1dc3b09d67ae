def longest_fresh_streak(tracks):
    seen = set()
    longest = 0
    for title in tracks:
        if title in seen:
            seen = set()
        seen.add(title)
        longest = max(longest, len(seen))
    return longest

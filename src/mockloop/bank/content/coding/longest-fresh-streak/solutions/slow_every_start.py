def longest_fresh_streak(tracks):
    longest = 0
    for start in range(len(tracks)):
        seen = set()
        for title in tracks[start:]:
            if title in seen:
                break
            seen.add(title)
        longest = max(longest, len(seen))
    return longest

function longest_fresh_streak(tracks: string[]): number {
  const lastPlayed = new Map<string, number>();
  let start = 0;
  let longest = 0;
  tracks.forEach((title, position) => {
    const previous = lastPlayed.get(title);
    if (previous !== undefined) {
      start = previous + 1;
    }
    lastPlayed.set(title, position);
    longest = Math.max(longest, position - start + 1);
  });
  return longest;
}

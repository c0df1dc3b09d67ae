function longest_fresh_streak(tracks) {
  const lastPlayed = new Map();
  let start = 0;
  let longest = 0;
  for (let position = 0; position < tracks.length; position++) {
    const title = tracks[position];
    if (lastPlayed.get(title)) {
      start = Math.max(start, lastPlayed.get(title) + 1);
    }
    lastPlayed.set(title, position);
    longest = Math.max(longest, position - start + 1);
  }
  return longest;
}

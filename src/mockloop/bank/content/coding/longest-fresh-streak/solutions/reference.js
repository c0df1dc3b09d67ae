/**
 * The length of the longest run of consecutive tracks in which no title comes twice.
 *
 * @param {string[]} tracks
 * @returns {number}
 */
function longest_fresh_streak(tracks) {
  const lastPlayed = new Map();
  let start = 0;
  let longest = 0;
  for (const [position, title] of tracks.entries()) {
    const previous = lastPlayed.get(title) ?? -1;
    // A repeat from before the current streak must not pull its start backwards.
    start = Math.max(start, previous + 1);
    lastPlayed.set(title, position);
    longest = Math.max(longest, position - start + 1);
  }
  return longest;
}

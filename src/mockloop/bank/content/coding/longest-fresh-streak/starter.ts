/** The length of the longest run of consecutive tracks in which no title comes twice. */
function longest_fresh_streak(tracks: string[]): number {
  return 0;
}

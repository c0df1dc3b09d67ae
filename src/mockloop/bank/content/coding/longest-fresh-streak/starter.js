/**
 * The length of the longest run of consecutive tracks in which no title comes twice.
 *
 * @param {string[]} tracks
 * @returns {number}
 */
function longest_fresh_streak(tracks) {
  return 0;
}

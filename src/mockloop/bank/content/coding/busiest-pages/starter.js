/**
 * Return the k most requested pages, the busiest first, ties by name.
 *
 * @param {string[]} visits one page name per request
 * @param {number} k
 * @return {string[]}
 */
function busiest_pages(visits, k) {
  // Your code here
  return [];
}

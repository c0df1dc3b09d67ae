/**
 * Return the k most requested pages, the busiest first, ties by name.
 *
 * @param {string[]} visits
 * @param {number} k
 * @return {string[]}
 */
function busiest_pages(visits, k) {
  const requests = new Map();
  for (const page of visits) {
    requests.set(page, (requests.get(page) ?? 0) + 1);
  }

  const busiestFirst = ([pageA, countA], [pageB, countB]) => countB - countA || (pageA < pageB ? -1 : 1);
  return [...requests]
    .sort(busiestFirst)
    .slice(0, k)
    .map(([page]) => page);
}

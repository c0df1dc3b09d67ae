type PageCount = [page: string, count: number];

/** Order by falling count, then by name; the names differ because they come from a map. */
function busiestFirst([pageA, countA]: PageCount, [pageB, countB]: PageCount): number {
  return countB - countA || (pageA < pageB ? -1 : 1);
}

/** Return the k most requested pages, the busiest first, ties by name. */
function busiest_pages(visits: string[], k: number): string[] {
  const requests = new Map<string, number>();
  for (const page of visits) {
    requests.set(page, (requests.get(page) ?? 0) + 1);
  }

  return [...requests]
    .sort(busiestFirst)
    .slice(0, k)
    .map(([page]) => page);
}

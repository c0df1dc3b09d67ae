function busiest_pages(visits: string[], k: number): string[] {
  const requests: Record<string, number> = {};
  for (const page of visits) {
    requests[page] = (requests[page] || 0) + 1;
  }
  return Object.keys(requests)
    .sort((a, b) => requests[b] - requests[a] || (a < b ? -1 : 1))
    .slice(0, k);
}

function busiest_pages(visits, k) {
  const requests = new Map();
  for (const page of visits) {
    requests.set(page, (requests.get(page) || 0) + 1);
  }
  return [...requests.keys()]
    .sort((a, b) => requests.get(b) - requests.get(a) || a.localeCompare(b))
    .slice(0, k);
}

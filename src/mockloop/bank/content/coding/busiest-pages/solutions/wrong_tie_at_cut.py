import heapq
from collections import Counter


def busiest_pages(visits, k):
    kept = []
    for page, count in Counter(visits).items():
        heapq.heappush(kept, (count, page))
        if len(kept) > k:
            heapq.heappop(kept)
    kept.sort(key=lambda pair: (-pair[0], pair[1]))
    return [page for _, page in kept]

import heapq
from collections import Counter


def busiest_pages(visits: list[str], k: int) -> list[str]:
    """Return the k most requested pages, the busiest first, ties by name."""
    requests = Counter(visits)
    return heapq.nsmallest(k, requests, key=lambda page: (-requests[page], page))

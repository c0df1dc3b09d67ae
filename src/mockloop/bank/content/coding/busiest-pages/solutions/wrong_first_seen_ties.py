from collections import Counter


def busiest_pages(visits, k):
    return [page for page, _ in Counter(visits).most_common(k)]

def busiest_pages(visits, k):
    ranked = []
    for page in visits:
        entry = (-visits.count(page), page)
        if entry not in ranked:
            ranked.append(entry)
    ranked.sort()
    return [page for _, page in ranked[:k]]

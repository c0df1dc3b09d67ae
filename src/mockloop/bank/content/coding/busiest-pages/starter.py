def busiest_pages(visits: list[str], k: int) -> list[str]:
    """Return the k most requested pages, the busiest first, ties by name."""
    # Your code here
    return []

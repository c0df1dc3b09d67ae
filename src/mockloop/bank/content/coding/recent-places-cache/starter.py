class RecentPlaces:
    """Remembers the scores of the places used last, at most `capacity` of them."""

    def __init__(self, capacity: int) -> None:
        # Your code here
        pass

    def save(self, place: int, score: int) -> int:
        """Store or overwrite a score; return the place dropped to make room, or -1."""
        return -1

    def find(self, place: int) -> int:
        """Return the score of the place and count this as a use; -1 if it is not stored."""
        return -1

    def forget(self, place: int) -> bool:
        """Remove the place; return whether it was stored."""
        return False

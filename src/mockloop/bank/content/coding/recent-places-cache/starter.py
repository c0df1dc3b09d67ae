class RecentPlaces:
    """Remembers the heights of the places used last, at most `capacity` of them."""

    def __init__(self, capacity: int) -> None:
        # Your code here
        pass

    def save(self, place: int, height: int) -> int:
        """Store or overwrite a height; return the place dropped to make room, or -1."""
        return -1

    def find(self, place: int) -> int:
        """Return the height of the place and count this as a use; -1 if it is not stored."""
        return -1

    def forget(self, place: int) -> bool:
        """Remove the place; return whether it was stored."""
        return False

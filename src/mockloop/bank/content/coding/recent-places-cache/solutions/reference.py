from collections import OrderedDict


class RecentPlaces:
    """Remembers the scores of the places used last, at most `capacity` of them."""

    NONE = -1

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._scores: OrderedDict[int, int] = OrderedDict()  # from least to most recently used

    def save(self, place: int, score: int) -> int:
        """Store or overwrite a score; return the place dropped to make room, or -1."""
        self._scores[place] = score
        self._scores.move_to_end(place)
        if len(self._scores) <= self._capacity:
            return self.NONE
        dropped, _ = self._scores.popitem(last=False)
        return dropped

    def find(self, place: int) -> int:
        """Return the score of the place and count this as a use; -1 if it is not stored."""
        if place not in self._scores:
            return self.NONE
        self._scores.move_to_end(place)
        return self._scores[place]

    def forget(self, place: int) -> bool:
        """Remove the place; return whether it was stored."""
        return self._scores.pop(place, None) is not None

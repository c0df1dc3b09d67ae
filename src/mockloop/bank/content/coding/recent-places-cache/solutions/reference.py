from collections import OrderedDict


class RecentPlaces:
    """Remembers the heights of the places used last, at most `capacity` of them."""

    NONE = -1

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._heights: OrderedDict[int, int] = OrderedDict()  # from least to most recently used

    def save(self, place: int, height: int) -> int:
        """Store or overwrite a height; return the place dropped to make room, or -1."""
        self._heights[place] = height
        self._heights.move_to_end(place)
        if len(self._heights) <= self._capacity:
            return self.NONE
        dropped, _ = self._heights.popitem(last=False)
        return dropped

    def find(self, place: int) -> int:
        """Return the height of the place and count this as a use; -1 if it is not stored."""
        if place not in self._heights:
            return self.NONE
        self._heights.move_to_end(place)
        return self._heights[place]

    def forget(self, place: int) -> bool:
        """Remove the place; return whether it was stored."""
        return self._heights.pop(place, None) is not None

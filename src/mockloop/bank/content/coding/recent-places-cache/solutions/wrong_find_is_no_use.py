from collections import OrderedDict


class RecentPlaces:
    def __init__(self, capacity):
        self.capacity = capacity
        self.heights = OrderedDict()

    def save(self, place, height):
        self.heights[place] = height
        self.heights.move_to_end(place)
        if len(self.heights) > self.capacity:
            return self.heights.popitem(last=False)[0]
        return -1

    def find(self, place):
        return self.heights.get(place, -1)

    def forget(self, place):
        return self.heights.pop(place, None) is not None

from collections import OrderedDict


class RecentPlaces:
    def __init__(self, capacity):
        self.capacity = capacity
        self.heights = OrderedDict()

    def save(self, place, height):
        if place in self.heights:
            self.heights.move_to_end(place)
        self.heights[place] = height
        if len(self.heights) > self.capacity:
            return self.heights.popitem(last=False)[0]
        return -1

    def find(self, place):
        height = self.heights.get(place)
        if not height:
            return -1
        self.heights.move_to_end(place)
        return height

    def forget(self, place):
        return self.heights.pop(place, None) is not None

from collections import OrderedDict


class RecentPlaces:
    def __init__(self, capacity):
        self.capacity = capacity
        self.scores = OrderedDict()

    def save(self, place, score):
        self.scores[place] = score
        self.scores.move_to_end(place)
        if len(self.scores) > self.capacity:
            return self.scores.popitem(last=False)[0]
        return -1

    def find(self, place):
        return self.scores.get(place, -1)

    def forget(self, place):
        return self.scores.pop(place, None) is not None

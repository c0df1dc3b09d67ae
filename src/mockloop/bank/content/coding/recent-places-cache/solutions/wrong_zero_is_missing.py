from collections import OrderedDict


class RecentPlaces:
    def __init__(self, capacity):
        self.capacity = capacity
        self.scores = OrderedDict()

    def save(self, place, score):
        if place in self.scores:
            self.scores.move_to_end(place)
        self.scores[place] = score
        if len(self.scores) > self.capacity:
            return self.scores.popitem(last=False)[0]
        return -1

    def find(self, place):
        score = self.scores.get(place)
        if not score:
            return -1
        self.scores.move_to_end(place)
        return score

    def forget(self, place):
        return self.scores.pop(place, None) is not None

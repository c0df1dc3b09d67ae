class RecentPlaces:
    def __init__(self, capacity):
        self.capacity = capacity
        self.scores = {}
        self.by_age = []

    def save(self, place, score):
        if place in self.by_age:
            self.by_age.remove(place)
        self.by_age.append(place)
        self.scores[place] = score
        if len(self.by_age) > self.capacity:
            oldest = self.by_age.pop(0)
            del self.scores[oldest]
            return oldest
        return -1

    def find(self, place):
        if place not in self.by_age:
            return -1
        self.by_age.remove(place)
        self.by_age.append(place)
        return self.scores[place]

    def forget(self, place):
        if place not in self.by_age:
            return False
        self.by_age.remove(place)
        del self.scores[place]
        return True

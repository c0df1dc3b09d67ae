class RecentPlaces:
    def __init__(self, capacity):
        self.capacity = capacity
        self.heights = {}
        self.by_age = []

    def save(self, place, height):
        if place in self.by_age:
            self.by_age.remove(place)
        self.by_age.append(place)
        self.heights[place] = height
        if len(self.by_age) > self.capacity:
            oldest = self.by_age.pop(0)
            del self.heights[oldest]
            return oldest
        return -1

    def find(self, place):
        if place not in self.by_age:
            return -1
        self.by_age.remove(place)
        self.by_age.append(place)
        return self.heights[place]

    def forget(self, place):
        if place not in self.by_age:
            return False
        self.by_age.remove(place)
        del self.heights[place]
        return True

class RecentPlaces {
  constructor(capacity) {
    this.capacity = capacity;
    this.heights = new Map();
  }

  save(place, height) {
    let dropped = -1;
    if (this.heights.size === this.capacity) {
      dropped = this.heights.keys().next().value;
      this.heights.delete(dropped);
    }
    this.heights.delete(place);
    this.heights.set(place, height);
    return dropped;
  }

  find(place) {
    if (!this.heights.has(place)) {
      return -1;
    }
    const height = this.heights.get(place);
    this.heights.delete(place);
    this.heights.set(place, height);
    return height;
  }

  forget(place) {
    return this.heights.delete(place);
  }
}

class RecentPlaces {
  constructor(capacity) {
    this.capacity = capacity;
    this.scores = new Map();
  }

  save(place, score) {
    let dropped = -1;
    if (this.scores.size === this.capacity) {
      dropped = this.scores.keys().next().value;
      this.scores.delete(dropped);
    }
    this.scores.delete(place);
    this.scores.set(place, score);
    return dropped;
  }

  find(place) {
    if (!this.scores.has(place)) {
      return -1;
    }
    const score = this.scores.get(place);
    this.scores.delete(place);
    this.scores.set(place, score);
    return score;
  }

  forget(place) {
    return this.scores.delete(place);
  }
}

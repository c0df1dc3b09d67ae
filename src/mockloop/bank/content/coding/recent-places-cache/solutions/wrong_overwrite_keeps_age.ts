class RecentPlaces {
  capacity: number;
  scores = new Map<number, number>();

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  save(place: number, score: number): number {
    this.scores.set(place, score);
    if (this.scores.size > this.capacity) {
      const [oldest] = this.scores.keys();
      this.scores.delete(oldest);
      return oldest;
    }
    return -1;
  }

  find(place: number): number {
    const score = this.scores.get(place);
    if (score === undefined) {
      return -1;
    }
    this.scores.delete(place);
    this.scores.set(place, score);
    return score;
  }

  forget(place: number): boolean {
    return this.scores.delete(place);
  }
}

class RecentPlaces {
  capacity: number;
  heights = new Map<number, number>();

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  save(place: number, height: number): number {
    this.heights.set(place, height);
    if (this.heights.size > this.capacity) {
      const [oldest] = this.heights.keys();
      this.heights.delete(oldest);
      return oldest;
    }
    return -1;
  }

  find(place: number): number {
    const height = this.heights.get(place);
    if (height === undefined) {
      return -1;
    }
    this.heights.delete(place);
    this.heights.set(place, height);
    return height;
  }

  forget(place: number): boolean {
    return this.heights.delete(place);
  }
}

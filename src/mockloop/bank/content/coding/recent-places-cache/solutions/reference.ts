const NONE = -1;

/** Remembers the heights of the places used last, at most `capacity` of them. */
class RecentPlaces {
  readonly #capacity: number;
  readonly #heights = new Map<number, number>(); // keeps insertion order: from least to most recently used

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Store or overwrite a height; return the place dropped to make room, or -1. */
  save(place: number, height: number): number {
    this.#use(place, height);
    if (this.#heights.size <= this.#capacity) {
      return NONE;
    }
    const [dropped] = this.#heights.keys();
    this.#heights.delete(dropped);
    return dropped;
  }

  /** Return the height of the place and count this as a use; -1 if it is not stored. */
  find(place: number): number {
    const height = this.#heights.get(place);
    if (height === undefined) {
      return NONE;
    }
    this.#use(place, height);
    return height;
  }

  /** Remove the place; return whether it was stored. */
  forget(place: number): boolean {
    return this.#heights.delete(place);
  }

  #use(place: number, height: number): void {
    this.#heights.delete(place); // setting alone would leave the place where it stands
    this.#heights.set(place, height);
  }
}

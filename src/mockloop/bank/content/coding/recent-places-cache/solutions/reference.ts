const NONE = -1;

/** Remembers the scores of the places used last, at most `capacity` of them. */
class RecentPlaces {
  readonly #capacity: number;
  readonly #scores = new Map<number, number>(); // keeps insertion order: from least to most recently used

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Store or overwrite a score; return the place dropped to make room, or -1. */
  save(place: number, score: number): number {
    this.#use(place, score);
    if (this.#scores.size <= this.#capacity) {
      return NONE;
    }
    const [dropped] = this.#scores.keys();
    this.#scores.delete(dropped);
    return dropped;
  }

  /** Return the score of the place and count this as a use; -1 if it is not stored. */
  find(place: number): number {
    const score = this.#scores.get(place);
    if (score === undefined) {
      return NONE;
    }
    this.#use(place, score);
    return score;
  }

  /** Remove the place; return whether it was stored. */
  forget(place: number): boolean {
    return this.#scores.delete(place);
  }

  #use(place: number, score: number): void {
    this.#scores.delete(place); // setting alone would leave the place where it stands
    this.#scores.set(place, score);
  }
}

const NONE = -1;

/** Remembers the scores of the places used last, at most `capacity` of them. */
class RecentPlaces {
  #capacity;
  #scores = new Map(); // keeps insertion order: from least to most recently used

  /** @param {number} capacity */
  constructor(capacity) {
    this.#capacity = capacity;
  }

  /** Store or overwrite a score; return the place dropped to make room, or -1. */
  save(place, score) {
    this.#use(place, score);
    if (this.#scores.size <= this.#capacity) {
      return NONE;
    }
    const dropped = this.#scores.keys().next().value;
    this.#scores.delete(dropped);
    return dropped;
  }

  /** Return the score of the place and count this as a use; -1 if it is not stored. */
  find(place) {
    if (!this.#scores.has(place)) {
      return NONE;
    }
    const score = this.#scores.get(place);
    this.#use(place, score);
    return score;
  }

  /** Remove the place; return whether it was stored. */
  forget(place) {
    return this.#scores.delete(place);
  }

  #use(place, score) {
    this.#scores.delete(place); // setting alone would leave the place where it stands
    this.#scores.set(place, score);
  }
}

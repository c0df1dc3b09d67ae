const NONE = -1;

/** Remembers the heights of the places used last, at most `capacity` of them. */
class RecentPlaces {
  #capacity;
  #heights = new Map(); // keeps insertion order: from least to most recently used

  /** @param {number} capacity */
  constructor(capacity) {
    this.#capacity = capacity;
  }

  /** Store or overwrite a height; return the place dropped to make room, or -1. */
  save(place, height) {
    this.#use(place, height);
    if (this.#heights.size <= this.#capacity) {
      return NONE;
    }
    const dropped = this.#heights.keys().next().value;
    this.#heights.delete(dropped);
    return dropped;
  }

  /** Return the height of the place and count this as a use; -1 if it is not stored. */
  find(place) {
    if (!this.#heights.has(place)) {
      return NONE;
    }
    const height = this.#heights.get(place);
    this.#use(place, height);
    return height;
  }

  /** Remove the place; return whether it was stored. */
  forget(place) {
    return this.#heights.delete(place);
  }

  #use(place, height) {
    this.#heights.delete(place); // setting alone would leave the place where it stands
    this.#heights.set(place, height);
  }
}

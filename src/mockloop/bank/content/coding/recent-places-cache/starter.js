/** Remembers the heights of the places used last, at most `capacity` of them. */
class RecentPlaces {
  /** @param {number} capacity */
  constructor(capacity) {
    // Your code here
  }

  /**
   * Store or overwrite a height; return the place dropped to make room, or -1.
   *
   * @param {number} place
   * @param {number} height
   * @return {number}
   */
  save(place, height) {
    return -1;
  }

  /**
   * Return the height of the place and count this as a use; -1 if it is not stored.
   *
   * @param {number} place
   * @return {number}
   */
  find(place) {
    return -1;
  }

  /**
   * Remove the place; return whether it was stored.
   *
   * @param {number} place
   * @return {boolean}
   */
  forget(place) {
    return false;
  }
}

/** Remembers the heights of the places used last, at most `capacity` of them. */
class RecentPlaces {
  constructor(capacity: number) {
    // Your code here
  }

  /** Store or overwrite a height; return the place dropped to make room, or -1. */
  save(place: number, height: number): number {
    return -1;
  }

  /** Return the height of the place and count this as a use; -1 if it is not stored. */
  find(place: number): number {
    return -1;
  }

  /** Remove the place; return whether it was stored. */
  forget(place: number): boolean {
    return false;
  }
}

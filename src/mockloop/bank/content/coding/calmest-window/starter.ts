/** Return where the k consecutive readings with the smallest spread begin, the earliest of equals. */
function calmest_window(readings: number[], k: number): number {
  // Your code here
  return 0;
}

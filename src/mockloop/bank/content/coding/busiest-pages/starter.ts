/** Return the k most requested pages, the busiest first, ties by name. */
function busiest_pages(visits: string[], k: number): string[] {
  // Your code here
  return [];
}

/** The smallest number of stamps that add up to the postage exactly, or -1. */
function fewest_stamps(values: number[], postage: number): number {
  return 0;
}

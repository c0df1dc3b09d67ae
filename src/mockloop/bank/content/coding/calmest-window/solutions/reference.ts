/** Return the largest value of each window of k consecutive values. */
function windowMaxima(values: number[], k: number): number[] {
  const maxima: number[] = [];
  const candidates: number[] = []; // positions that can still be the largest; from head on, their values fall
  let head = 0;
  values.forEach((value, end) => {
    while (candidates.length > head && values[candidates[candidates.length - 1]] <= value) {
      candidates.pop();
    }
    candidates.push(end);

    const start = end - k + 1;
    if (candidates[head] < start) {
      head += 1;
    }
    if (start >= 0) {
      maxima.push(values[candidates[head]]);
    }
  });
  return maxima;
}

/** Return where the k consecutive readings with the smallest spread begin, the earliest of equals. */
function calmest_window(readings: number[], k: number): number {
  const highest = windowMaxima(readings, k);
  const negated = readings.map((reading) => -reading);
  const negatedLowest = windowMaxima(negated, k);

  const spreads = highest.map((high, start) => high + negatedLowest[start]);
  let calmest = 0;
  spreads.forEach((spread, start) => {
    if (spread < spreads[calmest]) calmest = start;
  });
  return calmest;
}

/**
 * Return the largest value of each window of k consecutive values.
 *
 * @param {number[]} values
 * @param {number} k
 * @return {number[]}
 */
function windowMaxima(values, k) {
  const maxima = [];
  const candidates = []; // positions that can still be the largest; from head on, their values fall
  let head = 0;
  values.forEach((value, end) => {
    while (candidates.length > head && values[candidates.at(-1)] <= value) {
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

/**
 * Return where the k consecutive readings with the smallest spread begin, the earliest of equals.
 *
 * @param {number[]} readings
 * @param {number} k
 * @return {number}
 */
function calmest_window(readings, k) {
  const highest = windowMaxima(readings, k);
  const negatedLowest = windowMaxima(
    readings.map((reading) => -reading),
    k,
  );

  const spreads = highest.map((high, start) => high + negatedLowest[start]);
  let calmest = 0;
  spreads.forEach((spread, start) => {
    if (spread < spreads[calmest]) calmest = start;
  });
  return calmest;
}

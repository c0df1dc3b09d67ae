function calmest_window(readings, k) {
  let best = 0;
  let bestSpread = Infinity;
  for (let start = 0; start + k <= readings.length; start++) {
    let high = 0;
    let low = Infinity;
    for (let i = start; i < start + k; i++) {
      high = Math.max(high, readings[i]);
      low = Math.min(low, readings[i]);
    }
    if (high - low < bestSpread) {
      bestSpread = high - low;
      best = start;
    }
  }
  return best;
}

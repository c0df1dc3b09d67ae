function calmest_window(readings: number[], k: number): number {
  let best = 0;
  let bestSpread = Infinity;
  for (let start = 0; start < readings.length - k; start++) {
    const stretch = readings.slice(start, start + k);
    const spread = Math.max(...stretch) - Math.min(...stretch);
    if (spread < bestSpread) {
      bestSpread = spread;
      best = start;
    }
  }
  return best;
}

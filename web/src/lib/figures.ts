/** Tokens, costs, seconds and faults of calls to models, as tables show them. */

export const NONE = "–";

export function countLabel(count: number): string {
  return count.toLocaleString("en-GB");
}

/** Dollars; small sums to a hundredth of a cent. */
export function costLabel(dollars: number | null, digits = 4): string {
  return dollars === null ? NONE : `$${dollars.toFixed(digits)}`;
}

export function secondsLabel(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}

/** "cut 2, rate limited 1". */
export function faultsLabel(faults: Record<string, number>): string {
  const named = Object.entries(faults).map(([fault, times]) => `${fault.replaceAll("_", " ")} ${countLabel(times)}`);
  return named.join(", ") || NONE;
}

/** A share of calls in whole per cent; some are never "0 %", and not all never "100 %". */
export function shareLabel(some: number, all: number): string {
  if (some === 0 || all === 0) return "0 %";
  if (some === all) return "100 %";
  return `${Math.min(99, Math.max(1, Math.round((100 * some) / all)))} %`;
}

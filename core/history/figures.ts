// The figures of a report: how they are ordered, taken and rounded. Durations are whole milliseconds until they are printed.

const HOUR_MS = 3_600_000;

/** The ordinary median: the middle value, or the mean of the two middle values. In: ascending. Null for none. */
export function median(ascending: readonly number[]): number | null {
  const middle = ascending.length >> 1;
  if (ascending.length === 0) return null;
  return ascending.length % 2 === 1
    ? (ascending[middle] as number)
    : ((ascending[middle - 1] as number) + (ascending[middle] as number)) / 2;
}

/** The nearest-rank percentile: value number ⌈n·percent/100⌉ of the ascending values. Null for none. */
export function nearestRank(ascending: readonly number[], percent: number): number | null {
  return ascending.length === 0 ? null : (ascending[Math.max(0, Math.ceil((ascending.length * percent) / 100) - 1)] as number);
}

/** A value to so many decimals. */
export const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/** Milliseconds as hours with so many decimals: four for a typical case, two for a sum. Null stays null. */
export const hours = (ms: number | null, decimals: 2 | 4 = 4): number | null =>
  ms === null ? null : rounded(ms / HOUR_MS, decimals);

/** A share with six decimals. Null where there is nothing to divide by. */
export const rate = (part: number, whole: number): number | null => (whole === 0 ? null : rounded(part / whole, 6));

// The figures of a report: how they are taken and rounded. Durations are whole milliseconds until they become hours.

/** Milliseconds as hours, not rounded. */
const inHours = (ms: number): number => ms / 1000 / 3600;

/** A value to so many decimals. */
export const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/** Milliseconds as hours with four decimals. Null stays null. */
export const hours = (ms: number | null): number | null => (ms === null ? null : rounded(inHours(ms), 4));

/**
 * The median in hours, four decimals: the mean of the two middle values, which are the same one where the count is odd.
 * In: milliseconds. Null where there is none.
 */
export const medianHours = (lowerMs: number | null, upperMs: number | null): number | null =>
  lowerMs === null || upperMs === null ? null : rounded((inHours(lowerMs) + inHours(upperMs)) / 2, 4);

/** The mean of hours that were added up, four decimals. Null for none. */
export const meanHours = (sumHours: number | null, count: number): number | null =>
  sumHours === null || count === 0 ? null : rounded(sumHours / count, 4);

/** A share with six decimals. Null where there is nothing to divide by. */
export const rate = (part: number, whole: number): number | null => (whole === 0 ? null : rounded(part / whole, 6));

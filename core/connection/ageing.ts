// How old connections under way have become (service-standards §2.5: buckets watched at 10 kV, source S37).
const DAY_MS = 86_400_000;

/** From so many whole days on, up to the next; the last begins after 300 days. */
export const ageingBuckets = ["UNDER_70", "FROM_70", "FROM_120", "OVER_300"] as const;
export type AgeingBucket = (typeof ageingBuckets)[number];

/** Whole days since acceptance. In: two instants. */
export const ageDays = (acceptedAtMs: number, nowMs: number): number => Math.floor((nowMs - acceptedAtMs) / DAY_MS);

/** The bucket of an age in days: 70 to 119, 120 to 300, and over 300. */
export const bucketOf = (days: number): AgeingBucket =>
  days > 300 ? "OVER_300" : days >= 120 ? "FROM_120" : days >= 70 ? "FROM_70" : "UNDER_70";

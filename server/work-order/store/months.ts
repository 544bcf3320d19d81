// Partitions by intake month: made ahead, so that no order waits for one.
import type { Queryable } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";

/** Makes the partitions of the given months (yyyymm) where they are missing. */
export const ensureMonths = async (db: Queryable, months: Iterable<number>): Promise<void> => {
  // In ascending order, so that two who make the same months wait for each other instead of blocking each other.
  const ascending = [...new Set(months)].sort((a, b) => a - b);
  if (ascending.length > 0) await db.run(sql`select ensure_order_month(month) from unnest(${ascending}::int[]) month`);
};

/** An order's month is that of its own place: by so much it may differ from the one in UTC. */
export const ZONES_APART_MS = 14 * 3_600_000;

/** The months in UTC, as yyyymm, from that of the first instant to that of the last, ascending. */
export function monthsBetween(firstMs: number, lastMs: number): number[] {
  const indexOf = (ms: number) => new Date(ms).getUTCFullYear() * 12 + new Date(ms).getUTCMonth();
  const first = indexOf(firstMs);
  return Array.from({ length: indexOf(lastMs) - first + 1 }, (_, index) => {
    const month = first + index;
    return Math.floor(month / 12) * 100 + (month % 12) + 1;
  });
}

/** The month of an instant and the following ones, as yyyymm, counted in UTC; one before, since a zone may be behind. */
export function monthsAround(nowMs: number, following: number): number[] {
  const date = new Date(nowMs);
  return Array.from({ length: following + 2 }, (_, index) => {
    const month = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + index - 1, 1));
    return month.getUTCFullYear() * 100 + month.getUTCMonth() + 1;
  });
}

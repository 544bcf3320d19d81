// The visits of a day: when somebody is expected where, and who cannot be in two places.
import { DAY_MS, formatCivilDate, parseCivilDate } from "@bihuan/core/calendar/civil-date.ts";
import { compileZone, toInstantMs, toLocalMs } from "@bihuan/core/calendar/zone.ts";
import { conflictsOf } from "@bihuan/core/desk/work/visits.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
import { empty, instant, sql } from "../../platform/sql.ts";

/** A visit that was not kept is shown for so long; then it is a matter of the order's clocks alone. */
const MISSED_DAYS = 7;
export const MOST_VISITS = 300;

export type VisitRecord = {
  readonly orderId: OrderId;
  readonly atMs: number;
  readonly holderId: number | null;
  readonly missed: boolean;
  readonly conflicts: readonly OrderId[];
};

/** The local day of an instant. In: an IANA zone. */
export const dayOf = (zone: string, atMs: number): string =>
  formatCivilDate(Math.floor(toLocalMs(compileZone(zone), atMs) / DAY_MS));

/**
 * The visits of a local day within some units (null: everywhere), and those of one person wherever they are; with them what was agreed
 * for the days before and not kept. In: the day's zone, now (epoch ms). Out: earliest first, at most {@link MOST_VISITS} and one.
 */
export async function visitsOf(
  db: Queryable,
  asked: {
    readonly day: string;
    readonly zone: string;
    readonly nowMs: number;
    readonly units: readonly number[] | null;
    readonly staffId: number | null;
  },
): Promise<VisitRecord[]> {
  const zone = compileZone(asked.zone);
  const first = parseCivilDate(asked.day) as number;
  const [fromMs, toMs] = [toInstantMs(zone, first * DAY_MS), toInstantMs(zone, (first + 1) * DAY_MS)];
  const isToday = asked.day === dayOf(asked.zone, asked.nowMs);
  const sinceMs = isToday ? fromMs - MISSED_DAYS * DAY_MS : fromMs;
  const place =
    asked.units === null ? empty : sql` and (t.unit_id = any(${asked.units}::int[]) or t.holder_id = ${asked.staffId})`;
  const rows = await db.rows<{ order_id: OrderId; visit_at: number; holder_id: number | null }>(sql`
    select t.order_id, t.visit_at, t.holder_id from order_task t
    where t.visit_at >= ${instant(sinceMs)} and t.visit_at < ${instant(toMs)}${place}
    order by t.visit_at, t.order_id limit ${MOST_VISITS + 1}`);
  const visits = rows.map((row) => ({ orderId: row.order_id, atMs: row.visit_at, holderId: row.holder_id }));
  const conflicts = conflictsOf(visits.filter(({ atMs }) => atMs >= fromMs));
  return visits.map((visit) => ({
    ...visit,
    missed: visit.atMs < asked.nowMs,
    conflicts: conflicts.get(visit.orderId) ?? [],
  }));
}

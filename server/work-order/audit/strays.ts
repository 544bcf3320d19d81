// What an audit finds between the tables: rows that belong to nothing, and sums that do not add up.
import type { Queryable } from "../../platform/database.ts";
import { raw, sql } from "../../platform/sql.ts";
import type { Violation } from "./audit.ts";

const ownTables = ["clock", "clock_history", "order_private", "order_contact", "order_unit", "order_task"] as const;

/** Rows of no order, keys of no event (invariant 6), orders that wait under a master that is closed, counts that are not what is there. */
export async function strays(tx: Queryable): Promise<Violation[]> {
  const orphans = await tx.rows<{ order_id: string }>(sql`
    select distinct e.order_id from order_event e
    where not exists (select 1 from work_order w where w.region_id = e.region_id and w.intake_month = e.intake_month and w.order_id = e.order_id) limit 100`);
  const lost: Violation[] = [];
  for (const table of ownTables) {
    const rows = await tx.rows<{ order_id: string }>(sql`
      select distinct t.order_id from ${raw(table)} t
      where not exists (select 1 from work_order w where w.region_id = t.region_id and w.intake_month = t.intake_month and w.order_id = t.order_id) limit 100`);
    lost.push(...rows.map((row) => ({ orderId: row.order_id, invariant: "2", detail: `rows in ${table} without an order` })));
  }
  const unhashed = await tx.rows<{ order_id: string; seq: number }>(sql`
    select p.order_id, p.seq from order_private p
    where not exists (select 1 from order_event e where e.region_id = p.region_id and e.intake_month = p.intake_month
      and e.order_id = p.order_id and e.seq = p.seq and e.personal_digest is not null) limit 100`);
  const abandoned = await tx.rows<{ order_id: string; master_id: string }>(sql`
    select c.order_id, c.master_id from work_order c
    where c.step = 'merged' and not exists (
      select 1 from work_order m where m.region_id = c.region_id and m.order_id = c.master_id and m.status in ('OPEN', 'SUSPENDED')) limit 100`);
  const unanswered = await tx.rows<{ order_id: string; key: string }>(sql`
    select r.order_id, r.key from command_receipt r
    where not exists (select 1 from order_event e where e.region_id = r.region_id and e.order_id = r.order_id and e.seq = r.seq
      and e.intake_month = (r.order_id / 10000000000 % 1000000)::int) limit 100`);
  const miscounted = await tx.rows<{
    unit_id: number;
    flow: string;
    step: string | null;
    status: string;
    kept: number;
    counted: number;
  }>(sql`
    select unit_id, flow, step, status, sum(kept)::int as kept, sum(counted)::int as counted
    from (
      select region_id, unit_id, flow, step, status, n as kept, 0 as counted from order_tally
      union all
      select region_id, unit_id, flow, step, status, 0, 1 from work_order where import_id is null
    ) both_sides
    group by region_id, unit_id, flow, step, status having sum(kept) <> sum(counted) limit 100`);
  return [
    ...orphans.map((row) => ({ orderId: row.order_id, invariant: "2", detail: "events without an order" })),
    ...lost,
    ...unhashed.map((row) => ({
      orderId: row.order_id,
      invariant: "2",
      detail: `personal data of event ${row.seq} that no event answers for`,
    })),
    ...abandoned.map((row) => ({
      orderId: row.order_id,
      invariant: "1",
      detail: `waits under ${row.master_id}, which is not open: nothing moves it any more`,
    })),
    ...unanswered.map((row) => ({
      orderId: row.order_id,
      invariant: "6",
      detail: `key ${row.key} was acknowledged, its event is missing`,
    })),
    ...miscounted.map((row) => ({
      orderId: null,
      invariant: "tally",
      detail: `unit ${row.unit_id}, ${row.flow}, ${row.step ?? "no step"}, ${row.status}: kept ${row.kept}, counted ${row.counted}`,
    })),
  ];
}

// The orders of this system as reports see them: which unit each is charged to, and what they can be grouped by.
import { flows } from "@bihuan/core/flows.ts";
import { raw, type Sql, sql } from "../platform/sql.ts";
import type { Reach } from "./queries.ts";

// Where an order waits to be dispatched: nobody handles it yet, whoever was proposed for it or has returned it.
const undispatched = flows.all.flatMap(({ id, initial, actions }) => {
  const from = actions["dispatch"]?.from;
  return [initial, ...(Array.isArray(from) ? (from as string[]) : [])].map((step) => `${id}/${step}`);
});
const answeredOnCall = flows.all.filter(({ actions }) => "answer-on-call" in actions).map(({ id }) => id);

// The unit an order is charged to: the one that handled it, since after the reply it goes back to the desk's; until it is
// dispatched, the one that has it. What was withdrawn, terminated or answered on the call may never have reached the unit that was
// proposed for it: then it stays with the one that had it.
const charged = sql`case
  when o.closed_at is null and o.flow || '/' || o.step = any(${undispatched}::text[]) then o.unit_id
  when o.closed_at is not null and (o.status <> 'ARCHIVED' or o.flow = any(${answeredOnCall}::text[])) and not exists (
    select from order_unit t where t.region_id = o.region_id and t.unit_id = o.handling_unit_id and t.order_id = o.order_id)
    then o.unit_id
  else coalesce(o.handling_unit_id, o.unit_id) end`;

// A unit is charged with no order in which it took no part: a station reads its own part of the index and no other order.
const orders = ({ reached }: Reach): Sql =>
  reached === null
    ? sql`work_order o`
    : sql`(select distinct region_id, intake_month, order_id from order_unit
        where region_id = any(${reached.regions}::smallint[]) and unit_id = any(${reached.units}::int[])) own
      join work_order o on o.region_id = own.region_id and o.intake_month = own.intake_month and o.order_id = own.order_id`;

/**
 * The orders of this system that a reader is answerable for, as `o`: their columns, `labels` and `month` to group by, and
 * `charged_unit_id`.
 */
export const liveOrders = (reach: Reach): Sql => sql`(
  select o.*, u.unit_id as charged_unit_id, to_char(to_date(o.intake_month::text, 'YYYYMM'), 'YYYY-MM') as month,
    jsonb_strip_nulls(jsonb_build_object('unit', u.name, 'type', o.flow, 'channel', o.origin, 'priority', o.urgency, 'state', o.step)) as labels
  from ${orders(reach)} join unit u on u.unit_id = ${charged}
  where o.import_id is null and ${reach.within(raw("u.unit_id"))}) o`;

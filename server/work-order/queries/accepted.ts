// Orders that were taken in, with the category they have now and what was said in them: what others learn from.
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
import { instant, type Sql, sql } from "../../platform/sql.ts";

export type AcceptedOrder = {
  readonly intakeMonth: number;
  readonly orderId: OrderId;
  /** When what was read of it was recorded: its intake, or its reclassification. */
  readonly recordedAtMs: number;
  readonly flow: string;
  readonly subtype: string | null;
  /** Empty where its personal data were erased. */
  readonly title: string;
  readonly description: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly accountNo: string | null;
};

/** Where a page ended. */
export type AcceptedPlace = Pick<AcceptedOrder, "intakeMonth" | "orderId" | "recordedAtMs">;

const columns = sql`
  w.intake_month "intakeMonth", w.order_id::text "orderId", w.flow, w.subtype, c.title, c.description, c.name, c.phone, c.address,
  c.account_no "accountNo"`;
const contact = sql`
  join order_contact c on c.region_id = w.region_id and c.intake_month = w.intake_month and c.order_id = w.order_id`;

type Way = { readonly which: Sql; readonly order: Sql };

// The events of a region that give an order its category, along the way they were recorded or back.
const categorised = (regionId: number, { which, order }: Way, limit: number): Sql => sql`
  select ${columns}, e.recorded_at "recordedAtMs"
  from (
    select intake_month, order_id, recorded_at from order_event
    where region_id = ${regionId} and type in ('intake', 'reclassify') and ${which}
    order by ${order} limit ${limit}) e
  join work_order w on w.region_id = ${regionId} and w.intake_month = e.intake_month and w.order_id = e.order_id
  ${contact}
  order by e.recorded_at, e.intake_month, e.order_id`;

const placeOf = ({ recordedAtMs, intakeMonth, orderId }: AcceptedPlace): Sql =>
  sql`(${instant(recordedAtMs)}::timestamptz, ${intakeMonth}::int, ${orderId}::bigint)`;

/** One page of a region's orders whose category was given or changed after a place, in the order that was recorded. */
export const ordersCategorisedAfter = (
  on: Queryable,
  regionId: number,
  place: AcceptedPlace,
  limit: number,
): Promise<AcceptedOrder[]> => {
  const which = sql`recorded_at >= ${instant(place.recordedAtMs)} and (recorded_at, intake_month, order_id) > ${placeOf(place)}`;
  return on.rows(categorised(regionId, { which, order: sql`recorded_at, intake_month, order_id` }, limit));
};

/** The last of a region's orders whose category was given or changed up to a place, at most so long before it. */
export const ordersCategorisedBefore = (
  on: Queryable,
  regionId: number,
  place: AcceptedPlace,
  withinMs: number,
  limit: number,
): Promise<AcceptedOrder[]> => {
  const which = sql`
    recorded_at >= ${instant(place.recordedAtMs - withinMs)} and recorded_at <= ${instant(place.recordedAtMs)}
    and (recorded_at, intake_month, order_id) <= ${placeOf(place)}`;
  return on.rows(categorised(regionId, { which, order: sql`recorded_at desc, intake_month desc, order_id desc` }, limit));
};

/** One page of all orders of a region, by their key. `recordedAtMs` is the intake's instant. */
export const ordersByKey = (
  on: Queryable,
  regionId: number,
  after: Pick<AcceptedPlace, "intakeMonth" | "orderId">,
  limit: number,
): Promise<AcceptedOrder[]> =>
  on.rows(sql`
    select w.intake_at "recordedAtMs", ${columns}
    from work_order w ${contact}
    where w.region_id = ${regionId} and (w.intake_month, w.order_id) > (${after.intakeMonth}, ${after.orderId}::bigint)
    order by w.intake_month, w.order_id limit ${limit}`);

/** When the last event of a region was recorded; null where there is none. */
export const lastRecordedAtMs = async (on: Queryable, regionId: number): Promise<number | null> =>
  (
    await on.one<{ lastAtMs: number | null }>(sql`
    select max(changed_at) "lastAtMs" from work_order where region_id = ${regionId}`)
  ).lastAtMs;

// What was learnt: a lesson for each order, and the counts that are their sum. Written by learn.ts alone.
import { type Category, categoryKey } from "@bihuan/core/desk/suggestion/categories.ts";
import type { Lesson } from "@bihuan/core/desk/suggestion/measure.ts";
import { FEWEST_ORDERS, type Learnt } from "@bihuan/core/desk/suggestion/model.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Queryable, Tx } from "../../platform/database.ts";
import { instant, type Sql, sql } from "../../platform/sql.ts";

export type OrderKey = { readonly intakeMonth: number; readonly orderId: OrderId };

type Row = OrderKey & { readonly flow: string; readonly subtype: string; readonly words: string[] };

// A flow without subtypes stands as the empty text in a key.
const subtypeOf = (subtype: string): string | null => (subtype === "" ? null : subtype);

/**
 * How far a region has been read: what was recorded up to `readToMs`, of that instant up to the order of this key. Null while the
 * first reading of all its orders goes on: it began when the newest event was of `beganAtMs` (null: it has not), and came to this key.
 */
export type Progress = OrderKey & { readonly readToMs: number | null; readonly beganAtMs: number | null };

/** Reads a region's progress and locks it: one learns at a time. */
export async function lockProgress(tx: Tx, regionId: number): Promise<Progress> {
  await tx.run(sql`insert into suggestion_progress (region_id) values (${regionId}) on conflict do nothing`);
  return tx.one(sql`
    select read_to "readToMs", began_at "beganAtMs", read_month "intakeMonth", read_order::text "orderId"
    from suggestion_progress where region_id = ${regionId} for update`);
}

/** Says up to which place of what was recorded a region was read. */
export const markReadTo = (tx: Tx, regionId: number, place: OrderKey & { readonly recordedAtMs: number }): Promise<number> =>
  tx.run(sql`
    update suggestion_progress
    set read_to = ${instant(place.recordedAtMs)}, read_month = ${place.intakeMonth}, read_order = ${place.orderId}::bigint
    where region_id = ${regionId}`);

/** Says that a region's counts have changed. */
export const countChange = (tx: Tx, regionId: number): Promise<number> =>
  tx.run(sql`update suggestion_progress set revision = revision + 1 where region_id = ${regionId}`);

/** The lessons of orders, by order id. */
export async function lessonsOf(tx: Tx, regionId: number, orders: readonly OrderKey[]): Promise<Map<OrderId, Lesson>> {
  const rows = await tx.rows<Row>(sql`
    select intake_month "intakeMonth", order_id::text "orderId", flow, subtype, words from suggestion_lesson
    where region_id = ${regionId} and (intake_month, order_id) in (
      select * from unnest(${orders.map(({ intakeMonth }) => intakeMonth)}::int[], ${orders.map(({ orderId }) => orderId)}::bigint[]))`);
  return new Map(
    rows.map(({ orderId, flow, subtype, words }) => [orderId, { category: { flow, subtype: subtypeOf(subtype) }, words }]),
  );
}

/** One order's lesson before and after; null for none. */
export type Change = OrderKey & { readonly before: Lesson | null; readonly after: Lesson | null };

/** Writes lessons and moves the counts by what they differ in. */
export async function writeLessons(tx: Tx, regionId: number, changes: readonly Change[]): Promise<void> {
  const gone = changes.filter(({ after }) => after === null);
  const kept = changes.flatMap(({ after, ...key }) => (after === null ? [] : [{ ...key, after }]));
  if (gone.length > 0)
    await tx.run(sql`
      delete from suggestion_lesson where region_id = ${regionId} and (intake_month, order_id) in (
        select * from unnest(${gone.map(({ intakeMonth }) => intakeMonth)}::int[], ${gone.map(({ orderId }) => orderId)}::bigint[]))`);
  if (kept.length > 0)
    await tx.run(sql`
      insert into suggestion_lesson (region_id, intake_month, order_id, flow, subtype, words)
      select ${regionId}, m, o, f, s, string_to_array(w, ' ')
      from unnest(${kept.map(({ intakeMonth }) => intakeMonth)}::int[], ${kept.map(({ orderId }) => orderId)}::bigint[],
        ${kept.map(({ after }) => after.category.flow)}::text[], ${kept.map(({ after }) => after.category.subtype ?? "")}::text[],
        ${kept.map(({ after }) => after.words.join(" "))}::text[]) l (m, o, f, s, w)
      on conflict (region_id, intake_month, order_id)
      do update set flow = excluded.flow, subtype = excluded.subtype, words = excluded.words`);
  await moveCounts(tx, regionId, changes);
}

type Sum = { readonly category: Category; readonly word: string; n: number };

// The counts move by sums, so that a batch touches each row once. A word no order holds any more is forgotten.
async function moveCounts(tx: Tx, regionId: number, changes: readonly Change[]): Promise<void> {
  const sums = new Map<string, Sum>();
  const add = ({ category, words }: Lesson, n: number) => {
    // The order itself is counted as the empty word: of how many a word's orders are a part.
    for (const word of ["", ...words]) {
      const name = `${word} ${categoryKey(category)}`;
      const known = sums.get(name);
      if (known) known.n += n;
      else sums.set(name, { category, word, n });
    }
  };
  for (const { before, after } of changes) {
    if (before) add(before, -1);
    if (after) add(after, 1);
  }
  const moved = [...sums.values()];
  const more = moved.filter(({ n }) => n > 0);
  const less = moved.filter(({ n }) => n < 0);
  if (more.length > 0)
    await tx.run(sql`
      insert into suggestion_count (region_id, word, flow, subtype, orders)
      select ${regionId}, * from ${rowsOf(more)}
      on conflict (region_id, word, flow, subtype) do update set orders = suggestion_count.orders + excluded.orders`);
  if (less.length === 0) return;
  await tx.run(sql`
    update suggestion_count c set orders = c.orders + m.n from ${rowsOf(less)} m (word, flow, subtype, n)
    where c.region_id = ${regionId} and c.word = m.word and c.flow = m.flow and c.subtype = m.subtype`);
  const words = [...new Set(less.map(({ word }) => word))];
  await tx.run(sql`delete from suggestion_count where region_id = ${regionId} and word = any(${words}::text[]) and orders = 0`);
}

const rowsOf = (sums: readonly Sum[]): Sql => sql`
  unnest(${sums.map(({ word }) => word)}::text[], ${sums.map(({ category }) => category.flow)}::text[],
    ${sums.map(({ category }) => category.subtype ?? "")}::text[], ${sums.map(({ n }) => n)}::int[])`;

/** The newest lessons of all regions: without its region, an order id begins with the date of intake. */
export async function newestLessons(on: Queryable, count: number): Promise<Lesson[]> {
  const rows = await on.rows<Row>(sql`
    select intake_month "intakeMonth", order_id::text "orderId", flow, subtype, words from suggestion_lesson
    order by intake_month desc, order_id % 10000000000000000 desc, region_id limit ${count}`);
  return rows.map(({ flow, subtype, words }) => ({ category: { flow, subtype: subtypeOf(subtype) }, words }));
}

/** Forgets everything a region has taught. */
export async function forgetRegion(tx: Tx, regionId: number): Promise<void> {
  await tx.run(sql`delete from suggestion_lesson where region_id = ${regionId}`);
  await tx.run(sql`delete from suggestion_count where region_id = ${regionId}`);
  await tx.run(sql`
    update suggestion_progress
    set read_to = null, began_at = null, read_month = 0, read_order = 0, revision = revision + 1 where region_id = ${regionId}`);
}

/** Says when the first reading of a region began, and how far it came. */
export const markFirstReading = (tx: Tx, regionId: number, beganAtMs: number, at: OrderKey): Promise<number> =>
  tx.run(sql`
    update suggestion_progress
    set began_at = ${instant(beganAtMs)}, read_month = ${at.intakeMonth}, read_order = ${at.orderId}::bigint where region_id = ${regionId}`);

/** Changes whenever a count does. */
export const learntStamp = async (on: Queryable): Promise<string> =>
  (await on.one<{ stamp: string }>(sql`select coalesce(sum(revision), 0)::text as stamp from suggestion_progress`)).stamp;

/** What all regions have taught: the trade's words are the same in each, and a new one profits from the others. */
export async function readLearnt(on: Queryable): Promise<Learnt> {
  type Sums = { readonly word: string; readonly flow: string; readonly subtype: string; readonly orders: number };
  const rows = await on.rows<Sums>(sql`
    select word, flow, subtype, sum(orders)::int orders from suggestion_count
    where word = '' or word in (select word from suggestion_count group by word having sum(orders) >= ${FEWEST_ORDERS})
    group by word, flow, subtype`);
  const counts = rows.map(({ word, flow, subtype, orders }) => ({
    word,
    category: { flow, subtype: subtypeOf(subtype) },
    orders,
  }));
  return { categories: counts.filter(({ word }) => word === ""), words: counts.filter(({ word }) => word !== "") };
}

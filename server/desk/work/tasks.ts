// Tasks read page by page, earliest due first: each branch from its own index, the first of all of them together.
import type { Lane, LaneEnds } from "@bihuan/core/desk/work/lanes.ts";
import type { TaskKind } from "@bihuan/core/flow/tasks/task.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import type { Queryable } from "../../platform/database.ts";
import { empty, instant, join, raw, type Sql, sql } from "../../platform/sql.ts";
import type { Branch } from "./reach.ts";

export type TaskRecord = {
  order_id: OrderId;
  seq: number;
  unit_id: number;
  kind: TaskKind;
  holder_id: number | null;
  asked_by: number | null;
  taken_by: number | null;
  due_at: number | null;
  due_from: number | null;
  due_slot: string | null;
  tried_at: number | null;
  visit_at: number | null;
};

const columns = raw(
  "t.region_id, t.intake_month, t.order_id, t.seq, t.unit_id, t.kind, t.holder_id, t.asked_by, t.taken_by, t.due_at, t.due_from, t.due_slot, t.tried_at, t.visit_at",
);
const byDue = raw("t.due_at, t.order_id, t.seq, t.unit_id");

/** Where a page of tasks ended. `dueAtMs` null: among those that are not timed. */
export type TaskCursor = {
  readonly dueAtMs: number | null;
  readonly orderId: OrderId;
  readonly seq: number;
  readonly unitId: number;
};

const patterns = [/^(\d{1,14}|never)$/, /^[1-9]\d{18}$/, /^\d{1,9}$/, /^\d{1,9}$/];

export const writeTaskCursor = ({ due_at, order_id, seq, unit_id }: TaskRecord): string =>
  encodeCursor([due_at === null ? "never" : String(due_at), order_id, String(seq), String(unit_id)]);

/** Reads a page position, or null where the text is not one. */
export function readTaskCursor(text: string): TaskCursor | null {
  const [due, orderId, seq, unitId] = decodeCursor(text, patterns) ?? [];
  if (due === undefined || orderId === undefined) return null;
  return { dueAtMs: due === "never" ? null : Number(due), orderId, seq: Number(seq), unitId: Number(unitId) };
}

const laneCondition = (lane: Lane | undefined, { nowUntilMs, todayUntilMs }: LaneEnds): Sql => {
  const [now, today] = [instant(nowUntilMs), instant(todayUntilMs)];
  switch (lane) {
    case undefined:
      return empty;
    case "now":
      return sql` and t.due_at <= ${now}`;
    case "today":
      return sql` and t.due_at > ${now} and t.due_at <= ${today}`;
    case "later":
      return sql` and t.due_at > ${today}`;
  }
};

const behind = (after: TaskCursor | null): Sql => {
  if (after === null) return empty;
  const dueAt = after.dueAtMs === null ? "infinity" : instant(after.dueAtMs);
  return sql` and (t.due_at, t.order_id, t.seq, t.unit_id) > (${dueAt}::timestamptz, ${after.orderId}::bigint, ${after.seq}::int, ${after.unitId}::int)`;
};

// Unit by unit: each one's tasks stand in the order of their due times, and no more are read than a page can show.
const firstOf = ({ condition, units }: Branch, rest: Sql, limit: number): Sql =>
  units === null
    ? sql`(select ${columns} from order_task t where ${condition}${rest} order by ${byDue} limit ${limit})`
    : sql`(select t.* from unnest(${units}::int[]) u(id) cross join lateral (
        select ${columns} from order_task t where t.unit_id = u.id and ${condition}${rest} order by ${byDue} limit ${limit}) t
      order by ${byDue} limit ${limit})`;

/** A page of the tasks in some branches. Out: at most `limit`; what stands in two branches once. */
export async function pageOfTasks(
  db: Queryable,
  branches: readonly Branch[],
  page: { readonly lane: Lane | undefined; readonly ends: LaneEnds; readonly after: TaskCursor | null; readonly limit: number },
): Promise<TaskRecord[]> {
  const rest = sql`${laneCondition(page.lane, page.ends)}${behind(page.after)}`;
  return db.rows<TaskRecord>(sql`
    select t.order_id, t.seq, t.unit_id, t.kind, t.holder_id, t.asked_by, t.taken_by, nullif(t.due_at, 'infinity') as due_at,
      t.due_from, t.due_slot, t.tried_at, t.visit_at
    from (${join(
      branches.map((branch) => firstOf(branch, rest, page.limit)),
      " union ",
    )}) t
    order by ${byDue} limit ${page.limit}`);
}

export const MOST_COUNTED = 500;
export type Counted = { readonly count: number; readonly more: boolean };

/** How many tasks stand in each lane, counted up to {@link MOST_COUNTED}. */
export async function countTasks(db: Queryable, branches: readonly Branch[], ends: LaneEnds): Promise<Record<Lane, Counted>> {
  const one = (lane: Lane, { condition, units }: Branch): Sql => {
    const place = units === null ? empty : sql`t.unit_id = any(${units}::int[]) and `;
    return sql`(select ${lane}::text as lane, t.order_id, t.seq, t.unit_id from order_task t
      where ${place}${condition}${laneCondition(lane, ends)} limit ${MOST_COUNTED + 1})`;
  };
  const all = (["now", "today", "later"] as const).flatMap((lane) => branches.map((branch) => one(lane, branch)));
  const rows = await db.rows<{ lane: Lane; n: number }>(
    sql`select lane, count(*)::int as n from (${join(all, " union ")}) t group by lane`,
  );
  const counted = (lane: Lane): Counted => {
    const n = rows.find((row) => row.lane === lane)?.n ?? 0;
    return { count: Math.min(n, MOST_COUNTED), more: n > MOST_COUNTED };
  };
  return { now: counted("now"), today: counted("today"), later: counted("later") };
}

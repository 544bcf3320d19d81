// What waits for whom on open orders, kept so that nobody's work is searched for: folded by the core, written as the clocks are.
import { isDeepStrictEqual } from "node:util";
import type { Clock } from "@bihuan/core/clock/types.ts";
import type { OrderEvent } from "@bihuan/core/flow/event.ts";
import type { OrderState } from "@bihuan/core/flow/state.ts";
import { type Task, type TaskKind, tasksOf } from "@bihuan/core/flow/tasks/task.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
import { insertRows, type RowLayout, rowsText } from "../../platform/rows.ts";
import { instant, instantOrNull, sql } from "../../platform/sql.ts";
import { keyOf, orderKeyColumns } from "./event-store.ts";

/** A task with its order and the order's business. */
export type OrderTask = { readonly orderId: OrderId; readonly flow: string; readonly task: Task };

/** A folded order, as far as its tasks depend on it. */
export type Folded = {
  readonly orderId: OrderId;
  readonly state: OrderState;
  readonly clocks: readonly Clock[];
  readonly events: readonly OrderEvent[];
};

/** The tasks of a folded order. */
export const orderTasks = ({ orderId, state, clocks, events }: Folded): OrderTask[] =>
  tasksOf(flows.get(state.flow, state.flowVersion), state, clocks, events).map((task) => ({ orderId, flow: state.flow, task }));

type Placed = OrderTask & { readonly unit2: number | null };
const KEY = ["region_id", "intake_month", "order_id", "seq", "unit_id"];

/** Tasks, one line a column. */
export const taskRows: RowLayout<Placed> = {
  table: "order_task",
  columns: [
    ...orderKeyColumns,
    ["seq", ({ task }) => task.seq],
    ["unit_id", ({ task }) => task.unitId],
    ["unit2", ({ unit2 }) => unit2],
    ["flow", ({ flow }) => flow],
    ["kind", ({ task }) => task.kind],
    ["holder_id", ({ task }) => task.holderId],
    ["kept_out", ({ task }) => task.keptOut],
    ["asked_by", ({ task }) => task.askedBy],
    ["taken_by", ({ task }) => task.takenBy],
    ["due_at", ({ task }) => (task.dueAtMs === null ? "infinity" : instant(task.dueAtMs))],
    ["due_from", ({ task }) => instantOrNull(task.dueFromMs)],
    ["due_slot", ({ task }) => task.slot],
    ["tried_at", ({ task }) => instantOrNull(task.triedAtMs)],
    ["visit_at", ({ task }) => instantOrNull(task.visitAtMs)],
  ],
};
const names = taskRows.columns.map(([name]) => name);
// A step follows a step: its row is changed in place.
const upsertText = `insert into order_task select * from unnest($1::order_task[]) on conflict (${KEY.join(", ")}) do update set
  ${names
    .filter((name) => !KEY.includes(name))
    .map((name) => `${name} = excluded.${name}`)
    .join(", ")}`;

const placed = (rows: readonly OrderTask[], tree: OrganisationTree): Placed[] =>
  rows.map((row) => ({ ...row, unit2: tree.path(row.task.unitId)[1] ?? null }));

/** Keeps the tasks of new orders. */
export const insertTasks = (tx: Queryable, tree: OrganisationTree, rows: readonly OrderTask[]): Promise<void> =>
  insertRows(tx, taskRows, placed(rows, tree));

const placeOf = ({ task }: OrderTask): string => `${task.seq}|${task.unitId}`;

/** Brings the kept tasks of an order to a new fold. Only those that changed are written. */
export async function replaceTasks(tx: Queryable, tree: OrganisationTree, before: Folded, after: Folded): Promise<void> {
  const [was, is] = [orderTasks(before), orderTasks(after)];
  const kept = new Map(was.map((row) => [placeOf(row), row]));
  const places = new Set(is.map(placeOf));
  const gone = was.filter((row) => !places.has(placeOf(row)));
  const changed = is.filter((row) => !isDeepStrictEqual(kept.get(placeOf(row)), row));
  await tx.together([
    ...(gone.length > 0 ? [() => deleteTasks(tx, after.orderId, gone)] : []),
    ...(changed.length > 0 ? [() => tx.prepared("upsert_tasks", upsertText, [rowsText(taskRows, placed(changed, tree))])] : []),
  ]);
}

const deleteTasks = (tx: Queryable, orderId: OrderId, gone: readonly OrderTask[]): Promise<unknown> => {
  const { regionId, intakeMonth } = keyOf(orderId);
  return tx.prepared(
    "delete_tasks",
    `delete from order_task t using unnest($4::int[], $5::int[]) g(seq, unit_id)
     where t.region_id = $1 and t.intake_month = $2 and t.order_id = $3 and t.seq = g.seq and t.unit_id = g.unit_id`,
    [regionId, intakeMonth, orderId, gone.map(({ task }) => task.seq), gone.map(({ task }) => task.unitId)],
  );
};

type TaskRow = {
  order_id: OrderId;
  flow: string;
  seq: number;
  unit_id: number;
  kind: TaskKind;
  holder_id: number | null;
  kept_out: number[];
  asked_by: number | null;
  taken_by: number | null;
  due_at: number | null;
  due_from: number | null;
  due_slot: string | null;
  tried_at: number | null;
  visit_at: number | null;
};

/** The kept tasks of some orders, as the core folds them: by event, then by unit as they were asked. */
export async function readTasks(db: Queryable, orderIds: readonly OrderId[]): Promise<OrderTask[]> {
  const keys = orderIds.map(keyOf);
  const rows = await db.rows<TaskRow>(sql`
    select order_id, flow, seq, unit_id, kind, holder_id, kept_out, asked_by, taken_by, nullif(due_at, 'infinity') as due_at, due_from,
      due_slot, tried_at, visit_at
    from order_task
    where (region_id, intake_month, order_id) in (
      select * from unnest(${keys.map(({ regionId }) => regionId)}::smallint[], ${keys.map(({ intakeMonth }) => intakeMonth)}::int[],
        ${orderIds}::bigint[]))
    order by order_id, seq, unit_id`);
  return rows.map((row) => ({
    orderId: row.order_id,
    flow: row.flow,
    task: {
      seq: row.seq,
      unitId: row.unit_id,
      kind: row.kind,
      holderId: row.holder_id,
      keptOut: row.kept_out,
      askedBy: row.asked_by,
      takenBy: row.taken_by,
      dueAtMs: row.due_at,
      dueFromMs: row.due_from,
      slot: row.due_slot,
      triedAtMs: row.tried_at,
      visitAtMs: row.visit_at,
    },
  }));
}

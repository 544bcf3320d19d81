// The projection of an order: what lists and reports read. Always the fold of its events, never changed by itself.
import { canonicalJson } from "@bihuan/core/canonical.ts";
import type { Clock } from "@bihuan/core/clock/types.ts";
import type { OrderState } from "@bihuan/core/flow/state.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
import { instant, instantOrNull } from "../../platform/sql.ts";
import { isLive } from "./clock-store.ts";
import { keyOf } from "./event-store.ts";

export type Projected = {
  readonly orderId: OrderId;
  readonly state: OrderState;
  readonly clocks: readonly Clock[];
  readonly intakeAtMs: number;
  readonly changedAtMs: number;
  readonly headHash: Buffer;
  readonly transformerArea: string | null;
  readonly importId: string | null;
};

const judges = (clock: Clock): boolean => clock.limitKind === "max";

/** The running maximum that is due first. A suspended order is led by the clock of its suspension. */
export function leadingClock(clocks: readonly Clock[]): Clock | null {
  let first: Clock | null = null;
  for (const clock of clocks)
    if (
      judges(clock) &&
      isLive(clock) &&
      clock.dueAtMs !== null &&
      (first === null || clock.dueAtMs < (first.dueAtMs ?? Infinity))
    )
      first = clock;
  return first;
}

/** How many maxima were missed, over all episodes. */
export const missedCount = (clocks: readonly Clock[]): number =>
  clocks.filter((clock) => judges(clock) && clock.status === "missed").length;

type Column = readonly [name: string, type: string, value: (order: Projected, path: readonly number[]) => unknown];
const key: readonly Column[] = [
  ["region_id", "smallint", ({ orderId }) => keyOf(orderId).regionId],
  ["intake_month", "int", ({ orderId }) => keyOf(orderId).intakeMonth],
  ["order_id", "bigint", ({ orderId }) => orderId],
];
const changing: readonly Column[] = [
  ["flow", "text", ({ state }) => state.flow],
  ["subtype", "text", ({ state }) => state.facts.subtype ?? null],
  ["status", "text", ({ state }) => state.status],
  ["step", "text", ({ state }) => state.step],
  ["unit_id", "int", ({ state }) => state.unitId],
  ...[0, 1, 2, 3, 4, 5].map((index): Column => [`unit${index + 1}`, "int", (_, path) => path[index] ?? null]),
  ["desk_unit_id", "int", ({ state }) => state.deskUnitId],
  ["handling_unit_id", "int", ({ state }) => state.handlingUnitId],
  ["holder_id", "int", ({ state }) => state.holderId],
  ["origin", "text", ({ state }) => state.facts.origin ?? "OTHER"],
  ["urgency", "text", ({ state }) => state.facts.urgency ?? null],
  ["grade", "text", ({ state }) => state.facts.grade ?? null],
  ["area_class", "text", ({ state }) => state.facts.areaClass ?? null],
  ["identity", "text", ({ state }) => state.facts.identity ?? "NAMED"],
  ["customer_id", "bigint", ({ state }) => state.customerId],
  ["changed_at", "timestamptz", ({ changedAtMs }) => instant(changedAtMs)],
  ["closed_at", "timestamptz", ({ state }) => instantOrNull(state.closedAtMs)],
  ["due_at", "timestamptz", ({ clocks }) => instantOrNull(leadingClock(clocks)?.dueAtMs)],
  ["due_from", "timestamptz", ({ clocks }) => instantOrNull(leadingClock(clocks)?.startedAtMs)],
  ["due_slot", "text", ({ clocks }) => leadingClock(clocks)?.slot ?? null],
  ["episode", "int", ({ state }) => state.episode],
  ["missed", "int", ({ clocks }) => missedCount(clocks)],
  ["urges", "int", ({ state }) => state.urges.length],
  ["master_id", "bigint", ({ state }) => state.masterId],
  ["rulebook_version", "int", ({ state }) => state.rulebookVersion],
  ["facts", "jsonb", ({ state }) => canonicalJson(state.facts)],
  ["version", "int", ({ state }) => state.version],
  ["head_hash", "bytea", ({ headHash }) => `\\x${headHash.toString("hex")}`],
];
const fixed: readonly Column[] = [
  ["transformer_area", "text", ({ transformerArea }) => transformerArea],
  ["intake_at", "timestamptz", ({ intakeAtMs }) => instant(intakeAtMs)],
  ["import_id", "bigint", ({ importId }) => importId],
];

const all = [...key, ...fixed, ...changing];
const unnest = (columns: readonly Column[]) =>
  `unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(", ")}) as p(${columns.map(([name]) => name).join(", ")})`;
const names = (columns: readonly Column[]) => columns.map(([name]) => name).join(", ");
const insertText = `insert into work_order (${names(all)}) select ${names(all)} from ${unnest(all)}`;
const updated = [...key, ...changing];
const updateText = `update work_order w set ${changing.map(([name]) => `${name} = p.${name}`).join(", ")} from ${unnest(updated)}
  where w.region_id = p.region_id and w.intake_month = p.intake_month and w.order_id = p.order_id`;

const valuesOf = (columns: readonly Column[], orders: readonly Projected[], tree: OrganisationTree): unknown[] => {
  const paths = orders.map(({ state }) => tree.path(state.unitId));
  return columns.map(([, , value]) => orders.map((order, index) => value(order, paths[index] ?? [])));
};

/** Adds the projection of new orders. */
export async function insertProjections(tx: Queryable, tree: OrganisationTree, orders: readonly Projected[]): Promise<void> {
  if (orders.length > 0) await tx.prepared("insert_work_orders", insertText, valuesOf(all, orders, tree));
}

/** Brings the projection of orders to their present fold. */
export async function updateProjections(tx: Queryable, tree: OrganisationTree, orders: readonly Projected[]): Promise<void> {
  if (orders.length > 0) await tx.prepared("update_work_orders", updateText, valuesOf(updated, orders, tree));
}

/** The columns the audit compares with the fold, by name. */
export const projectedValues = (order: Projected, tree: OrganisationTree): Readonly<Record<string, unknown>> => {
  const path = tree.path(order.state.unitId);
  return Object.fromEntries(all.map(([name, , value]) => [name, value(order, path)]));
};

/** Records the units that had the orders or were asked. */
export async function insertOrderUnits(tx: Queryable, rows: readonly { orderId: OrderId; unitId: number }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.prepared(
    "insert_order_units",
    `insert into order_unit (region_id, unit_id, order_id, intake_month)
     select * from unnest($1::smallint[], $2::int[], $3::bigint[], $4::int[]) on conflict do nothing`,
    [
      rows.map(({ orderId }) => keyOf(orderId).regionId),
      rows.map(({ unitId }) => unitId),
      rows.map(({ orderId }) => orderId),
      rows.map(({ orderId }) => keyOf(orderId).intakeMonth),
    ],
  );
}

type Tallied = Pick<OrderState, "unitId" | "flow" | "step" | "status">;

/** Notes in the tally that orders left one place and came to another, summed so that a batch writes few rows. */
export async function tally(
  tx: Queryable,
  moves: readonly { regionId: number; from: Tallied | null; to: Tallied | null }[],
): Promise<void> {
  const sums = new Map<string, { regionId: number; at: Tallied; n: number }>();
  const add = (regionId: number, at: Tallied | null, n: number) => {
    if (at === null) return;
    const name = `${regionId}|${at.unitId}|${at.flow}|${at.step ?? ""}|${at.status}`;
    const known = sums.get(name);
    if (known) known.n += n;
    else sums.set(name, { regionId, at, n });
  };
  for (const { regionId, from, to } of moves) {
    add(regionId, from, -1);
    add(regionId, to, 1);
  }
  const rows = [...sums.values()].filter(({ n }) => n !== 0);
  if (rows.length === 0) return;
  await tx.prepared(
    "insert_tally",
    `insert into order_tally (region_id, unit_id, flow, step, status, n)
     select * from unnest($1::smallint[], $2::int[], $3::text[], $4::text[], $5::text[], $6::int[])`,
    [
      rows.map(({ regionId }) => regionId),
      rows.map(({ at }) => at.unitId),
      rows.map(({ at }) => at.flow),
      rows.map(({ at }) => at.step),
      rows.map(({ at }) => at.status),
      rows.map(({ n }) => n),
    ],
  );
}

// The projection of an order: what lists and reports read. Always the fold of its events, never changed by itself.
import { canonicalJson } from "@bihuan/core/canonical.ts";
import { type Clock, judgingAuthorities } from "@bihuan/core/clock/types.ts";
import type { OrderState } from "@bihuan/core/flow/state.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
import { insertRows, type RowLayout, rowsText } from "../../platform/rows.ts";
import { instant, instantOrNull } from "../../platform/sql.ts";
import { isLive } from "./clock-store.ts";
import { keyOf, orderKeyColumns } from "./event-store.ts";

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

const isJudging = ({ authority }: Clock): boolean => judgingAuthorities.some((one) => one === authority);

/** How many maxima were missed, over all episodes: of the law and of promises, by which an order is late, or those of the house. */
export const missedCount = (clocks: readonly Clock[], whose: "judging" | "internal"): number =>
  clocks.filter((clock) => judges(clock) && clock.status === "missed" && isJudging(clock) === (whose === "judging")).length;

type Placed = Projected & { readonly path: readonly number[] };

/** Orders, one line a column. */
export const projectionRows: RowLayout<Placed> = {
  table: "work_order",
  columns: [
    ...orderKeyColumns,
    ["flow", ({ state }) => state.flow],
    ["subtype", ({ state }) => state.facts.subtype ?? null],
    ["status", ({ state }) => state.status],
    ["step", ({ state }) => state.step],
    ["unit_id", ({ state }) => state.unitId],
    ...[0, 1, 2, 3, 4, 5].map((depth) => [`unit${depth + 1}`, ({ path }: Placed) => path[depth] ?? null] as const),
    ["desk_unit_id", ({ state }) => state.deskUnitId],
    ["handling_unit_id", ({ state }) => state.handlingUnitId],
    ["holder_id", ({ state }) => state.holderId],
    ["origin", ({ state }) => state.facts.origin ?? "OTHER"],
    ["urgency", ({ state }) => state.facts.urgency ?? null],
    ["grade", ({ state }) => state.facts.grade ?? null],
    ["area_class", ({ state }) => state.facts.areaClass ?? null],
    ["identity", ({ state }) => state.facts.identity ?? "NAMED"],
    ["customer_id", ({ state }) => state.customerId],
    ["transformer_area", ({ transformerArea }) => transformerArea],
    ["intake_at", ({ intakeAtMs }) => instant(intakeAtMs)],
    ["changed_at", ({ changedAtMs }) => instant(changedAtMs)],
    ["closed_at", ({ state }) => instantOrNull(state.closedAtMs)],
    ["due_at", ({ clocks }) => instantOrNull(leadingClock(clocks)?.dueAtMs)],
    ["due_from", ({ clocks }) => instantOrNull(leadingClock(clocks)?.startedAtMs)],
    ["due_slot", ({ clocks }) => leadingClock(clocks)?.slot ?? null],
    ["episode", ({ state }) => state.episode],
    ["missed", ({ clocks }) => missedCount(clocks, "judging")],
    ["urges", ({ state }) => state.urges.length],
    ["master_id", ({ state }) => state.masterId],
    ["rulebook_version", ({ state }) => state.rulebookVersion],
    ["facts", ({ state }) => canonicalJson(state.facts)],
    ["import_id", ({ importId }) => importId],
    ["version", ({ state }) => state.version],
    ["head_hash", ({ headHash }) => headHash],
    ["missed_internal", ({ clocks }) => missedCount(clocks, "internal")],
  ],
};

// What an order keeps for good: no update writes it.
const fixed = new Set(["region_id", "intake_month", "order_id", "transformer_area", "intake_at", "import_id"]);
const changing = projectionRows.columns.map(([name]) => name).filter((name) => !fixed.has(name));
const updateText = `update work_order w set ${changing.map((name) => `${name} = p.${name}`).join(", ")} from unnest($1::work_order[]) p
  where w.region_id = p.region_id and w.intake_month = p.intake_month and w.order_id = p.order_id`;

const placed = (orders: readonly Projected[], tree: OrganisationTree): Placed[] =>
  orders.map((order) => ({ ...order, path: tree.path(order.state.unitId) }));

/** Adds the projection of new orders. */
export const insertProjections = (tx: Queryable, tree: OrganisationTree, orders: readonly Projected[]): Promise<void> =>
  insertRows(tx, projectionRows, placed(orders, tree));

/** Brings the projection of orders to their present fold. */
export async function updateProjections(tx: Queryable, tree: OrganisationTree, orders: readonly Projected[]): Promise<void> {
  if (orders.length > 0) await tx.prepared("update_work_orders", updateText, [rowsText(projectionRows, placed(orders, tree))]);
}

/** The columns the audit compares with the fold, by name. */
export const projectedValues = (order: Projected, tree: OrganisationTree): Readonly<Record<string, unknown>> =>
  Object.fromEntries(placed([order], tree).flatMap((row) => projectionRows.columns.map(([name, value]) => [name, value(row)])));

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

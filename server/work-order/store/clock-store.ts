// The clocks of orders: folded by the core from the history, kept here so that lists and timers need not fold.
import { isDeepStrictEqual } from "node:util";
import type { Clock } from "@bihuan/core/clock/types.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
import { insertRows, type RowLayout } from "../../platform/rows.ts";
import { instant, instantOrNull, raw, sql } from "../../platform/sql.ts";
import { keyOf, orderKeyColumns } from "./event-store.ts";

export type OrderClock = { readonly orderId: OrderId; readonly clock: Clock };

export const isLive = (clock: Clock): boolean => clock.status === "running" || clock.status === "paused";

// One line a column, in the table's order: its name, and where it comes from.
const columns: RowLayout<OrderClock>["columns"] = [
  ...orderKeyColumns,
  ["clock_no", ({ clock }) => clock.number],
  ["episode", ({ clock }) => clock.episode],
  ["flow", ({ clock }) => clock.flow],
  ["slot", ({ clock }) => clock.slot],
  ["authority", ({ clock }) => clock.authority],
  ["round", ({ clock }) => clock.round],
  ["subject", ({ clock }) => clock.subject ?? ""],
  ["pack", ({ clock }) => clock.rule?.pack ?? null],
  ["rule_key", ({ clock }) => clock.rule?.key ?? null],
  ["rulebook_version", ({ clock }) => clock.rule?.rulebookVersion ?? null],
  ["limit_kind", ({ clock }) => clock.limitKind],
  ["amount", ({ clock }) => clock.amount],
  ["unit", ({ clock }) => clock.unit],
  ["calendar", ({ clock }) => clock.calendar],
  ["started_at", ({ clock }) => instant(clock.startedAtMs)],
  ["started_seq", ({ clock }) => clock.startedBySeq],
  ["due_at", ({ clock }) => instantOrNull(clock.dueAtMs)],
  ["due_before_extension_at", ({ clock }) => instantOrNull(clock.dueBeforeExtensionMs)],
  ["paused_until_at", ({ clock }) => instantOrNull(clock.pausedUntilMs)],
  ["due_if_paused_until_at", ({ clock }) => instantOrNull(clock.dueIfPausedUntilMs)],
  ["pauses", ({ clock }) => JSON.stringify(clock.pauses)],
  ["status", ({ clock }) => clock.status],
  ["stopped_at", ({ clock }) => instantOrNull(clock.stoppedAtMs)],
  ["stopped_seq", ({ clock }) => clock.stoppedBySeq],
  ["provisional", ({ clock }) => clock.provisional],
];
/** Running and paused clocks; those that have ended. */
export const liveClockRows: RowLayout<OrderClock> = { table: "clock", columns };
export const endedClockRows: RowLayout<OrderClock> = { table: "clock_history", columns };

/** Keeps the clocks of new orders. */
export async function insertClocks(tx: Queryable, clocks: readonly OrderClock[]): Promise<void> {
  const live = clocks.filter(({ clock }) => isLive(clock));
  const done = clocks.filter(({ clock }) => !isLive(clock));
  await tx.together([() => insertRows(tx, liveClockRows, live), () => insertRows(tx, endedClockRows, done, "leave")]);
}

/**
 * Brings the kept clocks of an order to a new fold. In: the fold before and after. Only those that changed are written; what
 * had ended before is never touched.
 */
export async function replaceClocks(
  tx: Queryable,
  orderId: OrderId,
  before: readonly Clock[],
  after: readonly Clock[],
): Promise<void> {
  const { regionId, intakeMonth } = keyOf(orderId);
  const now = new Map(after.map((clock) => [clock.number, clock]));
  const gone = before.filter((clock) => isLive(clock) && !isDeepStrictEqual(clock, now.get(clock.number)));
  const kept = new Set(before.filter((clock) => !gone.includes(clock)).map((clock) => clock.number));
  const added = after.filter((clock) => !kept.has(clock.number)).map((clock) => ({ orderId, clock }));
  const forget = () =>
    tx.prepared(
      "delete_clocks",
      "delete from clock where region_id = $1 and intake_month = $2 and order_id = $3 and clock_no = any($4::int[])",
      [regionId, intakeMonth, orderId, gone.map((clock) => clock.number)],
    );
  await tx.together([...(gone.length > 0 ? [forget] : []), () => insertClocks(tx, added)]);
}

type ClockRow = {
  order_id: string;
  clock_no: number;
  episode: number;
  flow: string;
  slot: string;
  authority: Clock["authority"];
  round: number;
  subject: string;
  pack: string | null;
  rule_key: string | null;
  rulebook_version: number | null;
  limit_kind: Clock["limitKind"];
  amount: number | null;
  unit: Clock["unit"];
  calendar: string | null;
  started_at: number;
  started_seq: number;
  due_at: number | null;
  due_before_extension_at: number | null;
  paused_until_at: number | null;
  due_if_paused_until_at: number | null;
  pauses: Clock["pauses"];
  status: Clock["status"];
  stopped_at: number | null;
  stopped_seq: number | null;
  provisional: boolean;
};

const clockOfRow = (row: ClockRow): OrderClock => ({
  orderId: row.order_id,
  clock: {
    number: row.clock_no,
    episode: row.episode,
    flow: row.flow,
    slot: row.slot,
    authority: row.authority,
    round: row.round,
    subject: row.subject === "" ? null : row.subject,
    rule:
      row.rule_key === null || row.pack === null
        ? null
        : { key: row.rule_key, pack: row.pack, rulebookVersion: row.rulebook_version ?? 0 },
    limitKind: row.limit_kind,
    amount: row.amount,
    unit: row.unit,
    calendar: row.calendar,
    startedAtMs: row.started_at,
    startedBySeq: row.started_seq,
    dueAtMs: row.due_at,
    pausedUntilMs: row.paused_until_at,
    dueIfPausedUntilMs: row.due_if_paused_until_at,
    dueBeforeExtensionMs: row.due_before_extension_at,
    pauses: row.pauses,
    status: row.status,
    stoppedAtMs: row.stopped_at,
    stoppedBySeq: row.stopped_seq,
    provisional: row.provisional,
  },
});

/** Every kept clock of some orders of one region, in the order they came to be. */
export async function readClocks(db: Queryable, regionId: number, orderIds: readonly OrderId[]): Promise<OrderClock[]> {
  const months = orderIds.map((id) => keyOf(id).intakeMonth);
  const names = raw(columns.map(([name]) => name).join(", "));
  const rows = await db.rows<ClockRow>(sql`
    select ${names} from clock where region_id = ${regionId} and intake_month = any(${months}::int[]) and order_id = any(${orderIds}::bigint[])
    union all
    select ${names} from clock_history where region_id = ${regionId} and intake_month = any(${months}::int[]) and order_id = any(${orderIds}::bigint[])
    order by order_id, clock_no`);
  return rows.map(clockOfRow);
}

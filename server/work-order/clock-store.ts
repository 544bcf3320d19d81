// The clocks of orders: folded by the core from the history, kept here so that lists and timers need not fold.
import type { Clock } from "@bihuan/core/clock/types.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../platform/database.ts";
import { instant, instantOrNull, sql } from "../platform/sql.ts";
import { keyOf } from "./event-store.ts";

export type OrderClock = { readonly orderId: OrderId; readonly clock: Clock };

export const isLive = (clock: Clock): boolean => clock.status === "running" || clock.status === "paused";
export const clockKey = (clock: Clock): string => `${clock.episode}|${clock.slot}|${clock.authority}|${clock.round}|${clock.subject ?? ""}`;

const columns = [
  "region_id", "intake_month", "order_id", "episode", "slot", "authority", "round", "subject", "pack", "rule_key", "rulebook_version", "limit_kind", "amount",
  "unit", "started_at", "started_seq", "due_at", "due_before_extension_at", "pauses", "status", "stopped_at", "stopped_seq", "provisional",
];
const types = [
  "smallint", "int", "bigint", "int", "text", "text", "int", "text", "text", "text", "int", "text", "double precision",
  "text", "timestamptz", "int", "timestamptz", "timestamptz", "text", "text", "timestamptz", "int", "boolean",
];
const insertText = (table: string) =>
  `insert into ${table} (${columns.join(", ")}) select ${columns.map((column) => (column === "pauses" ? "pauses::jsonb" : column)).join(", ")}
   from unnest(${types.map((type, index) => `$${index + 1}::${type}[]`).join(", ")}) as c(${columns.join(", ")})`;
const insertLive = insertText("clock");
const insertHistory = `${insertText("clock_history")} on conflict do nothing`;

const values = (clocks: readonly OrderClock[]): unknown[] => {
  const keys = clocks.map(({ orderId }) => keyOf(orderId));
  const of = <T>(pick: (clock: Clock) => T) => clocks.map(({ clock }) => pick(clock));
  return [
    keys.map((key) => key.regionId),
    keys.map((key) => key.intakeMonth),
    clocks.map(({ orderId }) => orderId),
    of((clock) => clock.episode),
    of((clock) => clock.slot),
    of((clock) => clock.authority),
    of((clock) => clock.round),
    of((clock) => clock.subject ?? ""),
    of((clock) => clock.rule?.pack ?? null),
    of((clock) => clock.rule?.key ?? null),
    of((clock) => clock.rule?.rulebookVersion ?? null),
    of((clock) => clock.limitKind),
    of((clock) => clock.amount),
    of((clock) => clock.unit),
    of((clock) => instant(clock.startedAtMs)),
    of((clock) => clock.startedBySeq),
    of((clock) => instantOrNull(clock.dueAtMs)),
    of((clock) => instantOrNull(clock.dueBeforeExtensionMs)),
    of((clock) => JSON.stringify(clock.pauses)),
    of((clock) => clock.status),
    of((clock) => instantOrNull(clock.stoppedAtMs)),
    of((clock) => clock.stoppedBySeq),
    of((clock) => clock.provisional),
  ];
};

/** Keeps the clocks of new orders. */
export async function insertClocks(tx: Queryable, clocks: readonly OrderClock[]): Promise<void> {
  const live = clocks.filter(({ clock }) => isLive(clock));
  const done = clocks.filter(({ clock }) => !isLive(clock));
  if (live.length > 0) await tx.prepared("insert_clocks", insertLive, values(live));
  if (done.length > 0) await tx.prepared("insert_clock_history", insertHistory, values(done));
}

/** Brings the kept clocks of an order to a new fold. In: the fold before and after. What had ended before is never touched. */
export async function replaceClocks(tx: Queryable, orderId: OrderId, before: readonly Clock[], after: readonly Clock[]): Promise<void> {
  const { regionId, intakeMonth } = keyOf(orderId);
  const ended = new Set(before.filter((clock) => !isLive(clock)).map(clockKey));
  if (before.some(isLive))
    await tx.prepared("delete_clocks", "delete from clock where region_id = $1 and intake_month = $2 and order_id = $3", [regionId, intakeMonth, orderId]);
  await insertClocks(
    tx,
    after.filter((clock) => isLive(clock) || !ended.has(clockKey(clock))).map((clock) => ({ orderId, clock })),
  );
}

type ClockRow = {
  order_id: string; episode: number; slot: string; authority: Clock["authority"]; round: number; subject: string; pack: string | null; rule_key: string | null;
  rulebook_version: number | null; limit_kind: Clock["limitKind"]; amount: number | null; unit: Clock["unit"]; started_at: number; started_seq: number; due_at: number | null;
  due_before_extension_at: number | null; pauses: Clock["pauses"]; status: Clock["status"]; stopped_at: number | null; stopped_seq: number | null; provisional: boolean;
};

const clockOfRow = (row: ClockRow): OrderClock => ({
  orderId: row.order_id,
  clock: {
    episode: row.episode,
    slot: row.slot,
    authority: row.authority,
    round: row.round,
    subject: row.subject === "" ? null : row.subject,
    rule: row.rule_key === null || row.pack === null ? null : { key: row.rule_key, pack: row.pack, rulebookVersion: row.rulebook_version ?? 0 },
    limitKind: row.limit_kind,
    amount: row.amount,
    unit: row.unit,
    startedAtMs: row.started_at,
    startedBySeq: row.started_seq,
    dueAtMs: row.due_at,
    dueBeforeExtensionMs: row.due_before_extension_at,
    pauses: row.pauses,
    status: row.status,
    stoppedAtMs: row.stopped_at,
    stoppedBySeq: row.stopped_seq,
    provisional: row.provisional,
  },
});

/** Every kept clock of some orders of one region. */
export async function readClocks(db: Queryable, regionId: number, orderIds: readonly OrderId[]): Promise<OrderClock[]> {
  const rows = await db.rows<ClockRow>(sql`
    select c.* from clock c where region_id = ${regionId} and intake_month = any(${orderIds.map((id) => keyOf(id).intakeMonth)}::int[]) and order_id = any(${orderIds}::bigint[])
    union all
    select h.* from clock_history h where region_id = ${regionId} and intake_month = any(${orderIds.map((id) => keyOf(id).intakeMonth)}::int[]) and order_id = any(${orderIds}::bigint[])`);
  return rows.map(clockOfRow);
}

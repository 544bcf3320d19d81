// What a key has done. The receipt is written in the command's transaction: both stand, or neither.
import type { Actor } from "@bihuan/core/flow/event.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
import { instant, sql } from "../../platform/sql.ts";
import { keyOf } from "./event-store.ts";

/** A caller's own name for a command: keys of two callers never meet, and none reads what another's did. */
export const keyOfCaller = ({ kind, id }: Actor, key: string): string => `${kind} ${id} ${key}`;

export type Receipt = { readonly orderId: OrderId; readonly seq: number; readonly requestHash: Buffer };

export async function readReceipt(tx: Queryable, orderId: OrderId, actor: Actor, key: string): Promise<Receipt | null> {
  const [row] = await tx.prepared<{ order_id: string; seq: number; request_hash: Buffer }>(
    "read_receipt",
    "select order_id, seq, request_hash from command_receipt where region_id = $1 and key = $2",
    [keyOf(orderId).regionId, keyOfCaller(actor, key)],
  );
  return row ? { orderId: row.order_id, seq: row.seq, requestHash: row.request_hash } : null;
}

/** Claims a key for what was done. False where another command took it meanwhile. */
export async function claimReceipt(
  tx: Queryable,
  orderId: OrderId,
  actor: Actor,
  key: string,
  requestHash: Buffer,
  seq: number,
  recordedAtMs: number,
): Promise<boolean> {
  const rows = await tx.prepared(
    "claim_receipt",
    "insert into command_receipt (region_id, key, request_hash, order_id, seq, recorded_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning seq",
    [keyOf(orderId).regionId, keyOfCaller(actor, key), `\\x${requestHash.toString("hex")}`, orderId, seq, instant(recordedAtMs)],
  );
  return rows.length === 1;
}

const KEPT_DAYS = 60; // far longer than any client retries

/** Drops receipts nobody will ask about again. */
export const pruneReceipts = (db: Queryable, nowMs: number): Promise<number> =>
  db.run(sql`delete from command_receipt where recorded_at < ${instant(nowMs - KEPT_DAYS * 86_400_000)}`);

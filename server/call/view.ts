// Calls as the contract shows them: the number in full for who has the call, masked otherwise; nothing that leads to a hidden caller.
import type { CallRow, CallView } from "@bihuan/contract/call.ts";
import type { FoundAccount } from "@bihuan/contract/customer-found.ts";
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import { maskPhone } from "@bihuan/core/identity/masking.ts";
import type { z } from "zod";
import type { Editor } from "../customer/reach.ts";
import { accountsByPhone, type Found } from "../customer/search/find.ts";
import type { Platform } from "../platform/platform.ts";
import { instant, instantOrNull } from "../platform/sql.ts";
import { ordersAbout, ordersTold } from "../work-order/queries/about-customer.ts";
import { isOwn } from "./commands.ts";
import { type CallRecord, customersReached, lastCalls } from "./queries.ts";

const DAY_MS = 86_400_000;
const MOST_CANDIDATES = 10;

/** Whether a call is so recent that its own agent still has to do with it. */
const isFresh = (call: CallRecord, nowMs: number): boolean => nowMs - call.startedAtMs < DAY_MS;

/** Calls as lines. */
export async function callRows(
  { db, time }: Platform,
  editor: Editor,
  calls: readonly CallRecord[],
): Promise<z.input<typeof CallRow>[]> {
  const customerIds = [...new Set(calls.flatMap(({ customerId }) => customerId ?? []))];
  const [reached, told] = await Promise.all([
    customersReached(db, editor, customerIds),
    ordersTold(db, editor.scope, editor.tree, [...new Set(calls.flatMap(({ orderIds }) => orderIds))]),
  ]);
  const nowMs = time.nowMs();
  return calls.map((call) => {
    const full = isOwn(editor.scope.principal, call) && isFresh(call, nowMs);
    return {
      callNo: call.callNo,
      startedAt: instant(call.startedAtMs),
      endedAt: instantOrNull(call.endedAtMs),
      talkSeconds: call.talkSeconds,
      queue: call.queue,
      agent: { staffId: call.staffId, name: call.staffName },
      phone: call.phone === null || full ? call.phone : maskPhone(call.phone),
      customerId: call.customerId !== null && reached.has(call.customerId) ? call.customerId : null,
      orderIds: call.orderIds.filter((orderId) => told.has(orderId)),
    };
  });
}

/** A call with everybody it may be from, as far as the reader reaches. */
export async function callView(platform: Platform, editor: Editor, call: CallRecord): Promise<z.input<typeof CallView>> {
  const nowMs = platform.time.nowMs();
  const [row] = await callRows(platform, editor, [call]);
  const found =
    call.phone === null || !isFresh(call, nowMs)
      ? { rows: [], more: 0 }
      : await accountsByPhone(platform.db, editor, call.phone, MOST_CANDIDATES, nowMs);
  return {
    ...(row as z.input<typeof CallRow>),
    mine: isOwn(editor.scope.principal, call),
    candidates: await withLastContact(platform, editor, found.rows),
    more: found.more,
  };
}

/** Adds to accounts that were found when their customers were last heard of, and what is open. */
export async function withLastContact({ db }: Platform, editor: Editor, found: readonly Found[]): Promise<FoundAccount[]> {
  if (found.length === 0) return [];
  const ids: CustomerId[] = [...new Set(found.map(({ customerId }) => customerId))];
  const [orders, calls] = await Promise.all([ordersAbout(db, editor.scope, editor.tree, ids), lastCalls(db, ids)]);
  return found.map((account) => {
    const order = orders.find(({ customerId }) => customerId === account.customerId);
    const call = calls.find(({ customerId }) => customerId === account.customerId);
    const lastAtMs = Math.max(order?.lastAtMs ?? 0, call?.lastAtMs ?? 0);
    return { ...account, lastContactAt: lastAtMs === 0 ? null : instant(lastAtMs), openOrders: order?.open ?? 0 };
  });
}

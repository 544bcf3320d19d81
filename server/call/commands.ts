// What changes calls: the telephone system's reports, the agent's word on who it is, the order that came of it, and time.
import { callerNumber } from "@bihuan/core/call/caller-number.ts";
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import { can } from "@bihuan/core/identity/scope.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Editor } from "../customer/reach.ts";
import { customersByPhone } from "../customer/search/find.ts";
import type { Queryable, Tx } from "../platform/database.ts";
import type { Platform } from "../platform/platform.ts";
import { instant, sql } from "../platform/sql.ts";
import { type Agent, agentsNamed, type CallRecord, callsByNumber } from "./queries.ts";

export type Report = {
  readonly callNo: string;
  readonly from: string | null;
  readonly agent: { readonly account: string } | { readonly extension: string };
  readonly queue: string | null;
  readonly startedAt: string;
};
export type Recorded = {
  readonly callNo: string;
  readonly agent: { readonly staffId: number; readonly name: string };
  readonly customers: number;
  readonly repeated: boolean;
};

const CLOCKS_APART_MS = 120_000;

async function agentOf(tx: Queryable, { scope, tree }: Editor, named: Report["agent"], regionId: number): Promise<Agent | null> {
  const found = (await agentsNamed(tx, named)).filter((agent) => can(scope, tree, "order.intake", agent.unitId));
  const near = found.filter((agent) => agent.regionId === regionId);
  const meant = near.length > 0 ? near : found;
  return meant.length === 1 ? (meant[0] as Agent) : null;
}

const tell = (platform: Platform, tx: Tx, what: "arrived" | "ended" | "changed", callNo: string, staffId: number) =>
  platform.live.publish(tx, [{ type: `call.${what}`, id: callNo, staffId }]);

/**
 * Records a call and tells its agent, nobody else. Sent again it answers as before; sent again with another agent, the call was passed
 * on. The customer is known by the number where exactly one has it.
 */
export function recordCall(platform: Platform, editor: Editor, report: Report): Promise<Recorded | Refusal> {
  const { db, time } = platform;
  const nowMs = time.nowMs();
  const startedAtMs = Date.parse(report.startedAt);
  const regionId = editor.tree.unit(editor.scope.homeUnitId)?.regionId ?? editor.tree.root.regionId;
  const phone = callerNumber(report.from);
  return db.transaction(async (tx) => {
    if (startedAtMs > nowMs + CLOCKS_APART_MS) return refuse("call.starts-ahead");
    const agent = await agentOf(tx, editor, report.agent, regionId);
    if (agent === null) return refuse("call.agent-unknown");
    const customers = phone === null ? [] : await customersByPhone(tx, editor, phone);
    const answer = { callNo: report.callNo, agent: { staffId: agent.staffId, name: agent.name }, customers: customers.length };
    const fresh = await tx.run(sql`
      insert into call (region_id, call_no, staff_id, unit_id, phone, queue, customer_id, started_at, recorded_at)
      values (${regionId}, ${report.callNo}, ${agent.staffId}, ${agent.unitId}, ${phone}, ${report.queue || null},
        ${customers.length === 1 ? customers[0] : null}, ${instant(startedAtMs)}, ${instant(nowMs)})
      on conflict (region_id, call_no) do nothing`);
    if (fresh > 0) {
      await tell(platform, tx, "arrived", report.callNo, agent.staffId);
      return { ...answer, repeated: false };
    }
    const known = await tx.one<{ staffId: number; phone: string | null; startedAtMs: number; ended: boolean }>(sql`
      select staff_id "staffId", phone, started_at "startedAtMs", ended_at is not null ended from call
      where region_id = ${regionId} and call_no = ${report.callNo} for update`);
    if (known.phone !== phone || known.startedAtMs !== startedAtMs) return refuse("call.reported-otherwise");
    if (known.staffId === agent.staffId) return { ...answer, repeated: true };
    if (known.ended) return refuse("call.over");
    await tx.run(sql`
      update call set staff_id = ${agent.staffId}, unit_id = ${agent.unitId} where region_id = ${regionId} and call_no = ${report.callNo}`);
    await tell(platform, tx, "changed", report.callNo, known.staffId);
    await tell(platform, tx, "arrived", report.callNo, agent.staffId);
    return { ...answer, repeated: false };
  });
}

/** Whether somebody answers the telephone for the call's unit, or has the call himself. */
export const holds = ({ scope, tree }: Editor, call: Pick<CallRecord, "staffId" | "unitId">): boolean =>
  isOwn(scope.principal, call) || can(scope, tree, "order.intake", call.unitId);

/** Whether the call is this person's own. */
export const isOwn = (principal: { readonly kind: string; readonly id: number }, call: Pick<CallRecord, "staffId">): boolean =>
  principal.kind === "staff" && principal.id === call.staffId;

/** The call a number names for a caller: his own before those of his region, those before others'. */
export async function callWithin(db: Queryable, editor: Editor, callNo: string): Promise<CallRecord | null> {
  const found = (await callsByNumber(db, editor.tree, callNo)).filter((call) => holds(editor, call));
  const home = editor.tree.unit(editor.scope.homeUnitId)?.regionId;
  const own = found.find((call) => isOwn(editor.scope.principal, call));
  return own ?? found.find((call) => call.regionId === home) ?? found[0] ?? null;
}

/** Records that a call ended. Sent again with the same end it answers as before. */
export function endCall(
  platform: Platform,
  editor: Editor,
  callNo: string,
  end: { readonly endedAt: string; readonly talkSeconds: number | null },
): Promise<{ callNo: string; talkSeconds: number | null; repeated: boolean } | Refusal> {
  const endedAtMs = Date.parse(end.endedAt);
  return platform.db.transaction(async (tx) => {
    const call = await callWithin(tx, editor, callNo);
    if (call === null) return refuse("call.not-found");
    if (endedAtMs < call.startedAtMs) return refuse("call.ends-before-start");
    const ended = await tx.run(sql`
      update call set ended_at = ${instant(endedAtMs)}, talk_seconds = ${end.talkSeconds}
      where region_id = ${call.regionId} and call_no = ${callNo} and ended_at is null`);
    if (ended > 0) {
      await tell(platform, tx, "ended", callNo, call.staffId);
      return { callNo, talkSeconds: end.talkSeconds, repeated: false };
    }
    const known = await tx.one<{ endedAtMs: number; talkSeconds: number | null }>(sql`
      select ended_at "endedAtMs", talk_seconds "talkSeconds" from call where region_id = ${call.regionId} and call_no = ${callNo}`);
    return known.endedAtMs === endedAtMs && known.talkSeconds === end.talkSeconds
      ? { callNo, talkSeconds: end.talkSeconds, repeated: true }
      : refuse("call.reported-otherwise");
  });
}

/** Says which customer calls. In: the call, a customer within the agent's reach or null. */
export const identifyCaller = (platform: Platform, call: CallRecord, customerId: CustomerId | null): Promise<void> =>
  platform.db.transaction(async (tx) => {
    await tx.run(sql`
      update call set customer_id = ${customerId} where region_id = ${call.regionId} and call_no = ${call.callNo}`);
    await tell(platform, tx, "changed", call.callNo, call.staffId);
  });

/** Ties an order to the call it was taken in during, and the call to the order's customer where nobody was known yet. */
export const tieOrder = (platform: Platform, call: CallRecord, orderId: OrderId, customerId: CustomerId | null): Promise<void> =>
  platform.db.transaction(async (tx) => {
    const tied = await tx.run(sql`
      insert into call_order (region_id, call_no, order_id) values (${call.regionId}, ${call.callNo}, ${orderId}) on conflict do nothing`);
    if (tied === 0) return;
    await tx.run(sql`
      update call set customer_id = coalesce(customer_id, ${customerId}::bigint)
      where region_id = ${call.regionId} and call_no = ${call.callNo}`);
    await tell(platform, tx, "changed", call.callNo, call.staffId);
  });

/** Signs somebody on to an extension; whoever sat there before is signed off. Null signs off. */
export const sitAt = (
  platform: Platform,
  person: { staffId: number; regionId: number },
  extension: string | null,
): Promise<void> =>
  platform.db.transaction(async (tx) => {
    await tx.run(sql`
      delete from call_extension where staff_id = ${person.staffId}
        or (region_id = ${person.regionId} and extension = ${extension})`);
    if (extension !== null)
      await tx.run(sql`
        insert into call_extension (region_id, extension, staff_id, since)
        values (${person.regionId}, ${extension}, ${person.staffId}, ${instant(platform.time.nowMs())})`);
  });

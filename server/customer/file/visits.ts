// Visits to a customer (走访): planned, made or cancelled; what was said, how satisfied he was, and the order that followed.
import { createHash } from "node:crypto";
import type { NewVisit, VisitChange } from "@bihuan/contract/customer-file.ts";
import { type CustomerId, regionOfCustomer } from "@bihuan/core/customer/customer.ts";
import { type Satisfaction, type VisitState, visitRefusal } from "@bihuan/core/customer/file/records.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { type Actor, recordAccess } from "../../identity/access-log/commands.ts";
import { staffById } from "../../identity/staff/queries.ts";
import type { Queryable, Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, instantOrNull, sql } from "../../platform/sql.ts";
import { decided, onCustomer, tell, unitsOf } from "../editing/transaction.ts";
import { type CustomerRecord, customerRecord } from "../queries.ts";
import { type Editor, reaches } from "../reach.ts";
import { personOf } from "./person.ts";
import { type VisitRecord, visitRows } from "./visit-list.ts";

export type VisitName = { readonly customerId: CustomerId; readonly visitNo: number };

type Values = {
  readonly state: VisitState;
  readonly staffId: number;
  readonly plannedOn: string | null;
  readonly visitedAtMs: number | null;
  readonly place: string | null;
  readonly said: string | null;
  readonly satisfaction: Satisfaction | null;
  readonly orderId: string | null;
};

type Told = Exclude<VisitChange, { state: "CANCELLED" }> | NewVisit;

// What a visit becomes; who goes must be at work, and what was made cannot lie ahead.
async function valuesOf(
  tx: Tx,
  told: Told,
  staffId: number,
  before: VisitRecord | null,
  nowMs: number,
): Promise<Values | Refusal> {
  const visitor = await staffById(tx, staffId, nowMs);
  if (!visitor || (!visitor.active && before?.staffId !== staffId)) return refuse("customer.staff-unknown");
  const plannedOn = told.state === "PLANNED" ? told.plannedOn : (before?.plannedOn ?? null);
  const place = told.place ?? before?.place ?? null;
  if (told.state === "PLANNED")
    return { state: "PLANNED", staffId, plannedOn, place, visitedAtMs: null, said: null, satisfaction: null, orderId: null };
  const visitedAtMs = Date.parse(told.visitedAt);
  if (visitedAtMs > nowMs) return refuse("customer.visit-ahead");
  const { said, satisfaction, orderId } = told;
  return { state: "DONE", staffId, plannedOn, place, visitedAtMs, said, satisfaction, orderId };
}

/** What visits need of the slice above: whether an order names one of a customer's ids. */
export type VisitPorts = {
  orderNames(on: Queryable, orderId: string, customerIds: readonly CustomerId[]): Promise<boolean>;
};

// The order a visit led to is one of this customer's: anything else would lead into somebody else's file.
async function orderRefusal(ports: VisitPorts, tx: Tx, file: CustomerRecord, orderId: string | null): Promise<Refusal | null> {
  return orderId === null || (await ports.orderNames(tx, orderId, [file.customerId, ...file.aliases]))
    ? null
    : refuse("customer.order-unknown", { orderId });
}

const noted = (tx: Tx, nowMs: number, actor: Actor, customerId: CustomerId, visitNo: number, state: VisitState) =>
  recordAccess(tx, nowMs, actor, {
    action: "CUSTOMER_CHANGED",
    recordKind: "customer",
    recordId: customerId,
    field: "visit",
    facts: { visitNo, state },
  });

/** Plans a visit, or enters one that was made. The same key with the same content answers what it did the first time. */
export async function enterVisit(
  platform: Platform,
  ports: VisitPorts,
  editor: Editor,
  actor: Actor,
  customerId: CustomerId,
  visit: NewVisit,
  idempotencyKey: string,
): Promise<{ readonly visitNo: number; readonly version: number } | Refusal> {
  const receipt = `${actor.kind} ${actor.id} ${idempotencyKey}`;
  const hash = createHash("sha256").update(JSON.stringify(visit)).digest();
  const asked = { customerId, permission: "customer.record", append: true } as const;
  const done = await onCustomer(platform, editor, asked, async ({ tx, key, record: file, nowMs }) => {
    const known = await tx.maybe<{ visitNo: number; hash: Buffer }>(sql`
      select visit_no "visitNo", request_hash hash from customer_visit
      where region_id = ${key.regionId} and customer_id = ${customerId} and receipt = ${receipt}`);
    if (known) return known.hash.equals(hash) ? { visitNo: known.visitNo } : refuse("request.idempotency-key-reused");
    const staffId = visit.visitorId ?? personOf(editor);
    if (staffId === null) return refuse("customer.person-needed");
    const values = await valuesOf(tx, visit, staffId, null, nowMs);
    if (isRefusal(values)) return values;
    const refused = await orderRefusal(ports, tx, file, values.orderId);
    if (refused) return refused;
    const { visitNo } = await tx.one<{ visitNo: number }>(sql`
      insert into customer_visit (region_id, customer_id, visit_no, state, occasion, staff_id, planned_on, visited_at, place, said,
        satisfaction, order_id, receipt, request_hash, created_at, changed_at)
      select ${key.regionId}, ${customerId}, coalesce(max(visit_no), 0) + 1, ${values.state}, ${visit.occasion}, ${values.staffId},
        ${values.plannedOn}::date, ${instantOrNull(values.visitedAtMs)}::timestamptz, ${values.place}, ${values.said},
        ${values.satisfaction}, ${values.orderId}::bigint, ${receipt}, ${hash}, ${instant(nowMs)}, ${instant(nowMs)}
      from customer_visit where region_id = ${key.regionId} and customer_id = ${customerId}
      returning visit_no "visitNo"`);
    await noted(tx, nowMs, actor, customerId, visitNo, values.state);
    return { visitNo };
  });
  return isRefusal(done) ? done : { visitNo: done.visitNo, version: 1 };
}

/** Moves a planned visit, enters what came of it, or cancels it, if it still is the version that was read. */
export function changeVisit(
  platform: Platform,
  ports: VisitPorts,
  editor: Editor,
  actor: Actor,
  { customerId, visitNo }: VisitName,
  change: VisitChange,
): Promise<{ readonly visitNo: number; readonly version: number } | Refusal> {
  const regionId = regionOfCustomer(customerId);
  return decided(platform, async (tx) => {
    const file = await customerRecord(tx, customerId, { lock: true });
    if (!file || !reaches(editor, file, "customer.read")) return refuse("request.not-found");
    if (!reaches(editor, file, "customer.record")) return refuse("permission.missing", { permission: "customer.record" });
    if (file.erasedAtMs !== null) return refuse("customer.erased");
    const [visit] = await tx.rows<VisitRecord>(sql`
      ${visitRows} where v.region_id = ${regionId} and v.customer_id = ${customerId} and v.visit_no = ${visitNo}`);
    if (!visit) return refuse("request.not-found");
    const over = visitRefusal(visit.state);
    if (over) return over;
    if (visit.version !== change.version) return refuse("customer.version-stale", { version: visit.version });
    const nowMs = platform.time.nowMs();
    const version = await (change.state === "CANCELLED"
      ? cancel(tx, regionId, visit, change.reason, nowMs)
      : rewrite(ports, tx, file, visit, change, nowMs));
    if (isRefusal(version)) return version;
    await noted(tx, nowMs, actor, file.customerId, visitNo, change.state);
    await tell(platform, tx, { customerId: file.customerId, version: file.version }, unitsOf(file));
    return { visitNo, version };
  });
}

async function rewrite(
  ports: VisitPorts,
  tx: Tx,
  file: CustomerRecord,
  visit: VisitRecord,
  change: Exclude<VisitChange, { state: "CANCELLED" }>,
  nowMs: number,
): Promise<number | Refusal> {
  const values = await valuesOf(tx, change, change.visitorId ?? visit.staffId, visit, nowMs);
  if (isRefusal(values)) return values;
  const refused = await orderRefusal(ports, tx, file, values.orderId);
  if (refused) return refused;
  const { version } = await tx.one<{ version: number }>(sql`
    update customer_visit set state = ${values.state}, staff_id = ${values.staffId}, planned_on = ${values.plannedOn}::date,
      visited_at = ${instantOrNull(values.visitedAtMs)}::timestamptz, place = ${values.place}, said = ${values.said},
      satisfaction = ${values.satisfaction}, order_id = ${values.orderId}::bigint, version = version + 1, changed_at = ${instant(nowMs)}
    where region_id = ${file.regionId} and customer_id = ${visit.customerId} and visit_no = ${visit.visitNo} returning version`);
  return version;
}

async function cancel(tx: Tx, regionId: number, visit: VisitRecord, reason: string, nowMs: number): Promise<number> {
  const { version } = await tx.one<{ version: number }>(sql`
    update customer_visit set state = 'CANCELLED', reason = ${reason}, version = version + 1, changed_at = ${instant(nowMs)}
    where region_id = ${regionId} and customer_id = ${visit.customerId} and visit_no = ${visit.visitNo} returning version`);
  return version;
}

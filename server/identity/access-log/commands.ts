// The access log: who came in, who saw what, who changed whose rights. Entries are only ever added; time prunes them.
import type { AccessAction } from "@bihuan/contract/identity-access.ts";
import { unmaskReasonRefusal } from "@bihuan/core/identity/masking.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import type { Refusal } from "@bihuan/core/refusal.ts";
import type { Database, Queryable } from "../../platform/database.ts";
import { instant, sql } from "../../platform/sql.ts";

/** Who acts, as the log names them. */
export type Actor = {
  readonly kind: "staff" | "api-key" | "system" | "unknown";
  readonly id: number | null;
  readonly name: string;
  /** Home unit: decides whose auditors read the entry. Null is the root's. */
  readonly unitId: number | null;
  /** Network address, null for the command line and for jobs. */
  readonly address: string | null;
};

/** The signed-in caller as an actor. In: the scope and the request's address. */
export const actorOf = (scope: Scope, address: string | null): Actor => ({
  kind: scope.principal.kind,
  id: scope.principal.id,
  name: scope.principal.name,
  unitId: scope.homeUnitId,
  address,
});

/** The program itself: `command line`, `job`. */
export const systemActor = (name: string): Actor => ({ kind: "system", id: null, name, unitId: null, address: null });
/** Whoever calls the product at its machine: the log cannot know who that is. */
export const atCommandLine = systemActor("command line");

export type AccessFacts = NonNullable<AccessRecord["facts"]>;

/** A filter as facts: what was asked for, by name. Lists are joined; what was left out stays out. */
export const filterFacts = (filter: object): AccessFacts =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]: [string, unknown]) =>
      typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? [[name, value]]
        : Array.isArray(value)
          ? [[name, value.join(", ")]]
          : [],
    ),
  );

export type AccessRecord = {
  readonly action: AccessAction;
  /** What was touched: `staff` `12`, `customer` `88`, `attachment` … */
  readonly recordKind?: string;
  readonly recordId?: string | number;
  readonly field?: string;
  readonly reason?: string;
  /** Further facts, never personal data. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
};

/**
 * Adds entries in the caller's transaction, so that nothing happens unrecorded and nothing is recorded that did not happen.
 * In: the instant (epoch ms), who acts, and what.
 */
export async function recordAccess(
  tx: Queryable,
  atMs: number,
  actor: Actor,
  records: AccessRecord | readonly AccessRecord[],
): Promise<void> {
  const entries = [records].flat<(AccessRecord | readonly AccessRecord[])[]>();
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    action: entry.action,
    record_kind: entry.recordKind ?? null,
    record_id: entry.recordId === undefined ? null : String(entry.recordId),
    field: entry.field ?? null,
    reason: entry.reason?.trim().slice(0, 500) ?? null,
    facts: entry.facts ?? {},
  }));
  await tx.run(sql`
    insert into access_log (region_id, occurred_at, action, principal_kind, principal_id, principal_name, unit_id, address,
      record_kind, record_id, field, reason, facts)
    select coalesce((select region_id from unit where unit_id = ${actor.unitId}), (select region_id from unit where parent_id is null)),
      ${instant(atMs)}, action, ${actor.kind}, ${actor.id}, ${actor.name.slice(0, 120)}, ${actor.unitId}, ${actor.address},
      record_kind, record_id, field, reason, facts
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as entry (action text, record_kind text, record_id text, field text, reason text, facts jsonb)`);
}

/**
 * Records that somebody sees personal data in full. In: which record and fields, and the reason given. Out: null, or why the
 * data stay masked (`identity.reason-required`). Call it in the transaction that reads the data, before reading.
 */
export async function recordUnmasking(
  tx: Queryable,
  atMs: number,
  actor: Actor,
  seen: {
    readonly recordKind: string;
    readonly recordId: string | number;
    readonly fields: readonly string[];
    readonly reason: string;
  },
): Promise<Refusal | null> {
  const refused = unmaskReasonRefusal(seen.reason);
  if (refused) return refused;
  const { recordKind, recordId, fields, reason } = seen;
  await recordAccess(
    tx,
    atMs,
    actor,
    fields.map((field) => ({ action: "PERSONAL_DATA_UNMASKED", recordKind, recordId, field, reason })),
  );
  return null;
}

const PRUNED_AT_ONCE = 20_000;

/**
 * Removes entries older than the months given (at least six: Cybersecurity Law art. 21 (3)) and says so in the log itself.
 * Out: how many. Works in small transactions, so that it never stands in anybody's way and may be broken off at any time.
 */
export async function pruneAccessLog(db: Database, nowMs: number, keepMonths: number): Promise<number> {
  if (!Number.isInteger(keepMonths) || keepMonths < 6) throw new RangeError("the access log is kept for at least six months");
  const before = sql`${instant(nowMs)}::timestamptz - make_interval(months => ${keepMonths})`;
  const regions = await db.rows<{ region: number }>(sql`select distinct region_id as region from unit order by 1`);
  let pruned = 0;
  for (const { region } of regions) {
    for (let removed = PRUNED_AT_ONCE; removed === PRUNED_AT_ONCE; pruned += removed) {
      removed = await db.transaction(async (tx) => {
        await tx.run(sql`select set_config('bihuan.pruning', 'access_log', true)`);
        return tx.run(sql`
          delete from access_log where region_id = ${region} and (occurred_at, access_id) in (
            select occurred_at, access_id from access_log where region_id = ${region} and occurred_at < ${before}
            order by occurred_at, access_id limit ${PRUNED_AT_ONCE})`);
      });
    }
  }
  if (pruned > 0)
    await recordAccess(db, nowMs, systemActor("job"), { action: "ACCESS_LOG_PRUNED", facts: { entries: pruned, keepMonths } });
  return pruned;
}

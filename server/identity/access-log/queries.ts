import type { AccessEntry } from "@bihuan/contract/identity-access.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import type { z } from "zod";
import type { Queryable } from "../../platform/database.ts";
import { instant, join, type Sql, sql } from "../../platform/sql.ts";
import { BIGINT, decodeCursor, encodeCursor, MILLISECONDS } from "../../platform/cursor.ts";
import { regionsWithin, unitWithin } from "../scope.ts";

export type AccessLogFilter = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly action?: string | undefined;
  readonly account?: string | undefined;
  readonly principalId?: number | undefined;
  readonly principalKind?: string | undefined;
  readonly recordKind?: string | undefined;
  readonly recordId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};
type Row = {
  accessId: string;
  atMs: number;
  action: string;
  principalKind: string;
  principalId: number | null;
  principalName: string;
  account: string | null;
  unitId: number | null;
  address: string | null;
  recordKind: string | null;
  recordId: string | null;
  recordName: string | null;
  field: string | null;
  reason: string | null;
  facts: Record<string, string | number | boolean | null>;
};

// ISO 8601 knows years that PostgreSQL's reading of it does not (0, and beyond 9999): the log lies well within.
const LATEST_MS = Date.parse("2200-01-01T00:00:00Z");
const withinReason = (text: string): string => instant(Math.min(Math.max(0, Date.parse(text) || 0), LATEST_MS));

/** One page of the entries whose actor belongs to the reader's units, newest first. Entries without a unit are the root's. */
export async function accessLogPage(
  on: Queryable,
  scope: Scope,
  tree: OrganisationTree,
  filter: AccessLogFilter,
): Promise<{ entries: z.input<typeof AccessEntry>[]; next: string | null }> {
  const after = decodeCursor(filter.cursor, [MILLISECONDS, BIGINT]);
  const equal = (column: Sql, value: string | number | undefined): Sql[] =>
    value === undefined ? [] : [sql`${column} = ${value}`];
  const conditions: Sql[] = [
    regionsWithin(scope, tree, "access-log.read", sql`region_id`),
    unitWithin(scope, tree, "access-log.read", sql`unit_id`),
    ...(filter.from ? [sql`occurred_at >= ${withinReason(filter.from)}::timestamptz`] : []),
    ...(filter.to ? [sql`occurred_at < ${withinReason(filter.to)}::timestamptz`] : []),
    ...equal(sql`action`, filter.action),
    ...equal(sql`principal_kind`, filter.principalKind ?? (filter.principalId === undefined ? undefined : "staff")),
    ...equal(sql`principal_id`, filter.principalId),
    ...(filter.account
      ? [
          sql`(lower(principal_name) = ${filter.account.toLowerCase()}
            or principal_kind = 'staff' and principal_id = (select staff_id from staff where lower(account) = ${filter.account.toLowerCase()}))`,
        ]
      : []),
    ...equal(sql`record_kind`, filter.recordKind),
    ...equal(sql`record_id`, filter.recordId),
    ...(after ? [sql`(occurred_at, access_id) < (${instant(Number(after[0]))}::timestamptz, ${after[1]}::bigint)`] : []),
  ];
  const rows = await on.rows<Row>(sql`
    select access_id::text as "accessId", occurred_at as "atMs", action, principal_kind as "principalKind",
      principal_id as "principalId", principal_name as "principalName",
      (select account from staff where principal_kind = 'staff' and staff_id = principal_id) as account, unit_id as "unitId", address,
      record_kind as "recordKind", record_id as "recordId", field, reason, facts,
      case when record_id ~ '^[0-9]{1,9}$' then case record_kind
        when 'staff' then (select name || ' ' || account from staff where staff_id = record_id::int)
        when 'unit' then (select name from unit where unit.unit_id = record_id::int)
        when 'api-key' then (select name from api_key where api_key_id = record_id::int)
      end end as "recordName"
    from access_log where ${join(conditions, " and ")}
    order by occurred_at desc, access_id desc limit ${filter.limit + 1}`);
  const page = rows.slice(0, filter.limit);
  const last = rows.length > filter.limit ? page.at(-1) : undefined;
  return {
    entries: page.map(({ atMs, ...row }) => ({ ...row, at: instant(atMs) }) as z.input<typeof AccessEntry>),
    next: last ? encodeCursor([String(last.atMs), last.accessId]) : null,
  };
}

import type { Role } from "@bihuan/core/identity/roles.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import type { Queryable } from "../../platform/database.ts";
import { instant, join, type Sql, sql } from "../../platform/sql.ts";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import { unitWithin } from "../scope.ts";

export type StaffRow = {
  readonly staffId: number;
  readonly account: string;
  readonly name: string;
  readonly homeUnitId: number;
  readonly active: boolean;
  readonly passwordState: "NONE" | "ONE_TIME" | "OWN";
  readonly lockedUntilMs: number | null;
  readonly lastSignInAtMs: number | null;
  readonly roles: readonly { role: Role; unitId: number }[];
  readonly version: number;
};

export type GrantRow = {
  readonly grantId: number;
  readonly role: Role;
  readonly unitId: number;
  readonly validFromMs: number;
  readonly validToMs: number | null;
  readonly grantedBy: string | null;
  readonly grantedAtMs: number;
};

const validAt = (nowMs: number): Sql =>
  sql`g.valid_from <= ${instant(nowMs)} and (g.valid_to is null or g.valid_to > ${instant(nowMs)})`;

const staffRows = (nowMs: number): Sql => sql`
  select s.staff_id as "staffId", s.account, s.name, s.home_unit_id as "homeUnitId", s.active, s.version,
    s.last_sign_in_at as "lastSignInAtMs",
    case p.one_time when true then 'ONE_TIME' when false then 'OWN' else 'NONE' end as "passwordState",
    (select a.locked_until from sign_in_attempt a
     where a.subject = 'account' and a.value = lower(s.account) and a.locked_until > ${instant(nowMs)}) as "lockedUntilMs",
    coalesce((select json_agg(json_build_object('role', g.role, 'unitId', g.unit_id) order by g.grant_id)
      from role_grant g where g.staff_id = s.staff_id and ${validAt(nowMs)}), '[]') as roles
  from staff s
  left join lateral (select one_time from password where staff_id = s.staff_id order by password_id desc limit 1) p on true`;

/** A person, or null. */
export const staffById = (on: Queryable, staffId: number, nowMs: number): Promise<StaffRow | null> =>
  on.maybe<StaffRow>(sql`${staffRows(nowMs)} where s.staff_id = ${staffId}`);

/** Several people, those that exist. */
export const staffByIds = (on: Queryable, staffIds: readonly number[], nowMs: number): Promise<StaffRow[]> =>
  on.rows<StaffRow>(sql`${staffRows(nowMs)} where s.staff_id = any(${staffIds}::int[])`);

export type StaffFilter = {
  readonly unitId?: number | undefined;
  readonly role?: Role | undefined;
  readonly text?: string | undefined;
  readonly active?: boolean | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/** One page of the people at home in the caller's units (everywhere for the command line), by account. */
export async function staffPage(
  on: Queryable,
  scope: Scope | null,
  tree: OrganisationTree,
  filter: StaffFilter,
  nowMs: number,
): Promise<{ rows: StaffRow[]; next: string | null }> {
  const after = decodeCursor(filter.cursor, [/^.{1,100}$/su]);
  const text = filter.text
    ?.normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\\%_]/g, (character) => `\\${character}`);
  const conditions: Sql[] = [
    scope ? unitWithin(scope, tree, "staff.read", sql`s.home_unit_id`) : sql`true`,
    ...(filter.unitId === undefined ? [] : [sql`s.home_unit_id = any(${tree.descendants(filter.unitId)}::int[])`]),
    ...(filter.active === undefined ? [] : [sql`s.active = ${filter.active}`]),
    ...(filter.role === undefined
      ? []
      : [sql`exists (select from role_grant g where g.staff_id = s.staff_id and g.role = ${filter.role} and ${validAt(nowMs)})`]),
    ...(text ? [sql`(lower(s.account) || ' ' || lower(s.name)) like ${`%${text}%`}`] : []),
    ...(after ? [sql`lower(s.account) > ${after[0]}`] : []),
  ];
  const found = await on.rows<StaffRow>(
    sql`${staffRows(nowMs)} where ${join(conditions, " and ")} order by lower(s.account) limit ${filter.limit + 1}`,
  );
  const rows = found.slice(0, filter.limit);
  const last = found.length > filter.limit ? rows.at(-1) : undefined;
  return { rows, next: last ? encodeCursor([last.account.toLowerCase()]) : null };
}

/** A person's grants that hold or will hold, oldest first. */
export const grantsOf = (on: Queryable, staffId: number, nowMs: number): Promise<GrantRow[]> =>
  on.rows<GrantRow>(sql`
    select g.grant_id as "grantId", g.role, g.unit_id as "unitId", g.valid_from as "validFromMs", g.valid_to as "validToMs",
      b.name as "grantedBy", g.granted_at as "grantedAtMs"
    from role_grant g left join staff b on b.staff_id = g.granted_by
    where g.staff_id = ${staffId} and (g.valid_to is null or g.valid_to > ${instant(nowMs)}) order by g.grant_id`);

/** Whether somebody else who is active holds the role at the unit without an end. */
export const heldByAnother = async (
  on: Queryable,
  role: Role,
  unitId: number,
  staffId: number,
  nowMs: number,
): Promise<boolean> =>
  (
    await on.one<{ held: boolean }>(sql`
      select exists (
        select from role_grant g join staff s using (staff_id)
        where g.role = ${role} and g.unit_id = ${unitId} and g.staff_id <> ${staffId} and s.active
          and g.valid_from <= ${instant(nowMs)} and g.valid_to is null) as held`)
  ).held;

/** Accounts as they are compared, with who they belong to. */
export const staffByAccounts = (on: Queryable, keys: readonly string[]) =>
  on.rows<{ staffId: number; key: string; name: string; homeUnitId: number; active: boolean }>(sql`
    select staff_id as "staffId", lower(account) as key, name, home_unit_id as "homeUnitId", active
    from staff where lower(account) = any(${keys}::text[])`);

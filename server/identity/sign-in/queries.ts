import type { Grant } from "@bihuan/core/identity/scope.ts";
import type { Queryable } from "../../platform/database.ts";
import { instant, sql } from "../../platform/sql.ts";
import type { PasswordHash } from "./passwords.ts";

export type StoredPassword = PasswordHash & {
  readonly passwordId: number;
  readonly oneTime: boolean;
  readonly setAtMs: number;
  readonly expiresAtMs: number | null;
};
export type AccountRow = {
  readonly staffId: number;
  readonly account: string;
  readonly name: string;
  readonly homeUnitId: number;
  readonly active: boolean;
};

const passwordColumns = sql`password_id as "passwordId", memory_kib as "memoryKib", passes, parallelism, salt, hash, one_time as "oneTime",
  set_at as "setAtMs", expires_at as "expiresAtMs"`;

/** The person of an account, by what was typed (folded as the attempts are). */
export const accountByKey = (on: Queryable, key: string): Promise<AccountRow | null> =>
  on.maybe<AccountRow>(sql`
    select staff_id as "staffId", account, name, home_unit_id as "homeUnitId", active from staff where lower(account) = ${key}`);

/** A person's passwords, the current one first. */
export const passwordsOf = (on: Queryable, staffId: number, most: number): Promise<StoredPassword[]> =>
  on.rows<StoredPassword>(
    sql`select ${passwordColumns} from password where staff_id = ${staffId} order by password_id desc limit ${most}`,
  );

/** Grants with their periods, those of the past left out: a cached scope must know when it changes by itself. */
export type DatedGrant = Grant & { readonly fromMs: number; readonly toMs: number | null };
export type SessionRow = {
  readonly sessionId: number;
  readonly createdAtMs: number;
  readonly lastSeenAtMs: number;
  readonly expiresAtMs: number;
  readonly revoked: boolean;
  readonly staffId: number;
  readonly account: string;
  readonly name: string;
  readonly homeUnitId: number;
  readonly active: boolean;
  readonly oneTime: boolean | null;
  readonly passwordSetAtMs: number | null;
  readonly grants: readonly DatedGrant[];
};

/** A session by its token's hash, with the person, their password's state and their grants: one round trip a request. */
export const sessionByToken = (on: Queryable, tokenHash: Buffer, nowMs: number): Promise<SessionRow | null> =>
  on.maybe<SessionRow>(sql`
    select n.session_id as "sessionId", n.created_at as "createdAtMs", n.last_seen_at as "lastSeenAtMs", n.expires_at as "expiresAtMs",
      n.revoked_at is not null as revoked, s.staff_id as "staffId", s.account, s.name, s.home_unit_id as "homeUnitId", s.active,
      p.one_time as "oneTime", p.set_at as "passwordSetAtMs",
      coalesce((
        select json_agg(json_build_object('role', g.role, 'unitId', g.unit_id, 'fromMs', extract(epoch from g.valid_from) * 1000,
          'toMs', extract(epoch from g.valid_to) * 1000))
        from role_grant g
        where g.staff_id = s.staff_id and (g.valid_to is null or g.valid_to > ${instant(nowMs)})), '[]') as grants
    from session n
    join staff s using (staff_id)
    left join lateral (select one_time, set_at from password where staff_id = s.staff_id order by password_id desc limit 1) p on true
    where n.token_hash = ${tokenHash}`);

export type SessionListRow = {
  sessionId: number;
  createdAtMs: number;
  lastSeenAtMs: number;
  expiresAtMs: number;
  address: string;
  userAgent: string | null;
};

/** A person's sessions that hold at the instant, the newest first. In: the idle time after which one no longer does. */
export const sessionsOf = (on: Queryable, staffId: number, nowMs: number, idleMs: number): Promise<SessionListRow[]> =>
  on.rows<SessionListRow>(sql`
    select session_id as "sessionId", created_at as "createdAtMs", last_seen_at as "lastSeenAtMs", expires_at as "expiresAtMs", address,
      user_agent as "userAgent"
    from session
    where staff_id = ${staffId} and revoked_at is null and expires_at > ${instant(nowMs)} and last_seen_at > ${instant(nowMs - idleMs)}
    order by session_id desc limit 200`);

/** Which of the sessions hold at the instant. */
export const holdingSessions = async (
  on: Queryable,
  sessionIds: readonly number[],
  nowMs: number,
  idleMs: number,
): Promise<number[]> =>
  (
    await on.rows<{ sessionId: number }>(sql`
      select n.session_id as "sessionId" from session n join staff s using (staff_id)
      where n.session_id = any(${sessionIds}::int[]) and n.revoked_at is null and s.active
        and n.expires_at > ${instant(nowMs)} and n.last_seen_at > ${instant(nowMs - idleMs)}`)
  ).map((row) => row.sessionId);

// Signing in and out, and changing one's password.
import { passwordRefusal, REMEMBERED_PASSWORDS } from "@bihuan/core/identity/password-rules.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Queryable, Tx } from "../../platform/database.ts";
import { sessionChanged } from "../../platform/live/publish.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, instantOrNull, sql } from "../../platform/sql.ts";
import { type Actor, recordAccess } from "../access-log/commands.ts";
import { forgetSessions } from "../memory.ts";
import { policyOf } from "../policy.ts";
import { accountKey, attemptSucceeded, reserveAttempt } from "./attempts.ts";
import { hashPassword, isOutdated, type PasswordHash, verifyNothing, verifyPassword } from "./passwords.ts";
import { type AccountRow, accountByKey, passwordsOf } from "./queries.ts";
import { hashToken, newToken } from "./tokens.ts";

/** Where a request comes from. */
export type Client = { readonly address: string; readonly userAgent: string | null };

const actorFor = (person: AccountRow, client: Client): Actor => ({
  kind: "staff",
  id: person.staffId,
  name: person.name,
  unitId: person.homeUnitId,
  address: client.address,
});

// What was typed as an account may be a password in the wrong field: the log keeps the beginning only.
const stranger = (typed: string, client: Client): Actor => ({
  kind: "unknown",
  id: null,
  name: `${[...typed.trim()].slice(0, 2).join("")}***`,
  unitId: null,
  address: client.address,
});

/**
 * Signs a person in. Out: the session's token, to be set as a cookie and kept nowhere else. Errors: `identity.locked`,
 * `identity.sign-in-failed` (the same for a wrong password, an unknown, an inactive and a passwordless account, and in the
 * same time), `identity.one-time-password-expired`.
 */
export async function signIn(
  platform: Platform,
  typed: { account: string; password: string },
  client: Client,
): Promise<{ token: string } | Refusal> {
  const { db, time } = platform;
  const attempt = await reserveAttempt(db, typed.account, client.address, time.nowMs());
  if (attempt.locked) return refuse("identity.locked", { retryAfterSeconds: Math.ceil(attempt.lockedForMs / 1000) });

  const person = await accountByKey(db, accountKey(typed.account));
  const [password] = person?.active ? await passwordsOf(db, person.staffId, 1) : [];
  const right = password ? await verifyPassword(typed.password, password) : await verifyNothing(typed.password);
  const nowMs = time.nowMs();
  if (!person || !password || !right) {
    const actor = person ? actorFor(person, client) : stranger(typed.account, client);
    await recordAccess(db, nowMs, actor, [
      { action: "SIGN_IN_FAILED" },
      ...(attempt.locks ? [{ action: "SIGN_IN_LOCKED" as const }] : []),
    ]);
    return refuse("identity.sign-in-failed");
  }
  const expired = password.expiresAtMs !== null && password.expiresAtMs <= nowMs;
  const renewed = !expired && isOutdated(password) ? await hashPassword(typed.password) : null;
  return db.transaction(async (tx) => {
    await attemptSucceeded(tx, typed.account, client.address);
    if (expired) {
      await recordAccess(tx, nowMs, actorFor(person, client), {
        action: "SIGN_IN_FAILED",
        facts: { oneTimePasswordExpired: true },
      });
      return refuse("identity.one-time-password-expired");
    }
    if (renewed) await rehash(tx, password.passwordId, renewed);
    await tx.run(sql`update staff set last_sign_in_at = ${instant(nowMs)} where staff_id = ${person.staffId}`);
    await recordAccess(tx, nowMs, actorFor(person, client), { action: "SIGN_IN" });
    return { token: await openSession(platform, tx, person.staffId, client, nowMs) };
  });
}

/** Opens a session for a person whose right to it was proved. Out: its token. */
export async function openSession(
  platform: Platform,
  tx: Queryable,
  staffId: number,
  client: Client,
  nowMs: number,
): Promise<string> {
  const token = newToken();
  const expiresAtMs = nowMs + policyOf(platform).sessionMs;
  await tx.run(sql`
    insert into session (token_hash, staff_id, created_at, last_seen_at, expires_at, address, user_agent)
    values (${hashToken(token)}, ${staffId}, ${instant(nowMs)}, ${instant(nowMs)}, ${instant(expiresAtMs)}, ${client.address},
      ${client.userAgent?.slice(0, 300) ?? null})`);
  return token;
}

/**
 * Ends sessions of a person: all, all but one, or one. Their streams close at once, in every process. Out: how many ended.
 * The caller forgets what it keeps in memory after the commit ({@link forgetSessions}).
 */
export async function endSessions(
  platform: Platform,
  tx: Tx,
  staffId: number,
  nowMs: number,
  by: number | null,
  which: { only?: number; except?: number } = {},
): Promise<number> {
  const ended = await tx.rows<{ sessionId: number }>(sql`
    update session set revoked_at = ${instant(nowMs)}, revoked_by = ${by}
    where staff_id = ${staffId} and revoked_at is null
      and (${which.only ?? null}::int is null or session_id = ${which.only ?? null}) and session_id is distinct from ${which.except ?? null}
    returning session_id as "sessionId"`);
  await platform.live.publish(
    tx,
    ended.map(({ sessionId }) => sessionChanged(`s${sessionId}`)),
  );
  return ended.length;
}

async function rehash(tx: Tx, passwordId: number, hash: PasswordHash): Promise<void> {
  await tx.run(sql`
    update password set memory_kib = ${hash.memoryKib}, passes = ${hash.passes}, parallelism = ${hash.parallelism}, salt = ${hash.salt},
      hash = ${hash.hash} where password_id = ${passwordId}`);
}

/** Makes a password the current one. In: the hash, and when a one-time password ends (null: the person's own). */
export async function setPassword(
  tx: Tx,
  staffId: number,
  hash: PasswordHash,
  nowMs: number,
  oneTimeUntilMs: number | null,
): Promise<void> {
  await tx.run(sql`
    insert into password (staff_id, algorithm, memory_kib, passes, parallelism, salt, hash, one_time, expires_at, set_at)
    values (${staffId}, 'argon2id', ${hash.memoryKib}, ${hash.passes}, ${hash.parallelism}, ${hash.salt}, ${hash.hash},
      ${oneTimeUntilMs !== null}, ${instantOrNull(oneTimeUntilMs)}, ${instant(nowMs)})`);
  await tx.run(sql`
    delete from password where staff_id = ${staffId} and password_id not in (
      select password_id from password where staff_id = ${staffId} order by password_id desc limit ${REMEMBERED_PASSWORDS + 1})`);
}

/**
 * Changes a person's own password. Every session of theirs ends, this one too: the new token takes its place. Errors:
 * `identity.locked`, `identity.password-wrong`, and what the password rules say.
 */
export async function changePassword(
  platform: Platform,
  staffId: number,
  account: string,
  typed: { currentPassword: string; newPassword: string },
  client: Client,
): Promise<{ token: string } | Refusal> {
  const { db, time } = platform;
  const refused = passwordRefusal(typed.newPassword, account);
  if (refused) return refused;
  // Somebody at an unlocked screen could guess here as they could at the sign-in page.
  const attempt = await reserveAttempt(db, account, null, time.nowMs());
  if (attempt.locked) return refuse("identity.locked", { retryAfterSeconds: Math.ceil(attempt.lockedForMs / 1000) });
  const [current, ...older] = await passwordsOf(db, staffId, REMEMBERED_PASSWORDS);
  const person = await accountByKey(db, accountKey(account));
  if (!current || !person || !(await verifyPassword(typed.currentPassword, current))) return refuse("identity.password-wrong");
  for (const password of [current, ...older])
    if (await verifyPassword(typed.newPassword, password)) return refuse("identity.password-reused");
  const hash = await hashPassword(typed.newPassword);
  const nowMs = time.nowMs();
  const changed = await db.transaction(async (tx) => {
    await attemptSucceeded(tx, account, null);
    await setPassword(tx, staffId, hash, nowMs, null);
    await endSessions(platform, tx, staffId, nowMs, staffId);
    await recordAccess(tx, nowMs, actorFor(person, client), {
      action: "PASSWORD_CHANGED",
      recordKind: "staff",
      recordId: staffId,
    });
    return { token: await openSession(platform, tx, staffId, client, nowMs) };
  });
  forgetSessions(db);
  return changed;
}

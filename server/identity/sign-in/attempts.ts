// Sign-in attempts per account and per address, counted before the password is looked at and forgiven after a success.
import {
  accountLockout,
  addressLockout,
  type Attempts,
  countAttempt,
  type LockoutPolicy,
} from "@bihuan/core/identity/lockout.ts";
import type { Database, Queryable, Tx } from "../../platform/database.ts";
import { instant, instantOrNull, sql } from "../../platform/sql.ts";

export type Subject = "account" | "address";
const policies: Readonly<Record<Subject, LockoutPolicy>> = { account: accountLockout, address: addressLockout };

/** Accounts are compared without case and with look-alike spellings folded; unknown ones are counted like known ones. */
export const accountKey = (account: string): string => account.trim().normalize("NFKC").toLowerCase().slice(0, 100);

async function reserve(
  tx: Tx,
  subject: Subject,
  value: string,
  nowMs: number,
): Promise<{ lockedForMs: number } | { attempts: Attempts }> {
  // One statement: a row that a success elsewhere is just deleting is made anew, never missed.
  const before = await tx.one<Attempts>(sql`
    insert into sign_in_attempt (subject, value, failures, last_at) values (${subject}, ${value}, 0, ${instant(nowMs)})
    on conflict (subject, value) do update set failures = sign_in_attempt.failures
    returning failures, last_at as "lastAtMs", locked_until as "lockedUntilMs"`);
  const counted = countAttempt(before.failures === 0 ? null : before, policies[subject], nowMs);
  if ("attempts" in counted)
    await tx.run(sql`
      update sign_in_attempt set failures = ${counted.attempts.failures}, last_at = ${instant(nowMs)},
        locked_until = ${instantOrNull(counted.attempts.lockedUntilMs)}
      where subject = ${subject} and value = ${value}`);
  return counted;
}

export type Reserved = {
  readonly locked: false /** Whether a failure of this attempt locks the account or the address. */;
  readonly locks: boolean;
};

/**
 * Reserves an attempt for the account and, where there is one, the address. Out: how long either is locked (then the attempt
 * must not be made), or that it may be made.
 */
export const reserveAttempt = (
  db: Database,
  account: string,
  address: string | null,
  nowMs: number,
): Promise<{ locked: true; lockedForMs: number } | Reserved> =>
  db.transaction(async (tx) => {
    const byAccount = await reserve(tx, "account", accountKey(account), nowMs);
    if ("lockedForMs" in byAccount) return { locked: true, lockedForMs: byAccount.lockedForMs };
    const byAddress = address === null ? null : await reserve(tx, "address", address, nowMs);
    if (byAddress && "lockedForMs" in byAddress) {
      // The attempt is not made, so it must not count against the account either.
      await forgive(tx, account, null);
      return { locked: true, lockedForMs: byAddress.lockedForMs };
    }
    const locks = byAccount.attempts.lockedUntilMs !== null || (byAddress?.attempts.lockedUntilMs ?? null) !== null;
    return { locked: false, locks };
  });

async function forgive(tx: Queryable, account: string, address: string | null): Promise<void> {
  await tx.run(sql`
    update sign_in_attempt set failures = greatest(failures - 1, 0), locked_until = null
    where (subject, value) in (select 'account', ${accountKey(account)}::text union all select 'address', ${address}::text where ${address}::text is not null)`);
}

/** After a success: the account starts anew, the address takes back this one attempt and the lock it set. */
export async function attemptSucceeded(tx: Queryable, account: string, address: string | null): Promise<void> {
  await tx.run(sql`delete from sign_in_attempt where subject = 'account' and value = ${accountKey(account)}`);
  if (address !== null)
    await tx.run(sql`
      update sign_in_attempt set failures = greatest(failures - 1, 0), locked_until = null where subject = 'address' and value = ${address}`);
}

/** Takes a lock away. Out: whether there was anything to take away. */
export const unlock = async (tx: Queryable, subject: Subject, value: string): Promise<boolean> =>
  (await tx.run(
    sql`delete from sign_in_attempt where subject = ${subject} and value = ${subject === "account" ? accountKey(value) : value}`,
  )) > 0;

/** Addresses that are locked at the instant. */
export const lockedAddresses = (on: Queryable, nowMs: number) =>
  on.rows<{ address: string; failures: number; lockedUntilMs: number }>(sql`
    select value as address, failures, locked_until as "lockedUntilMs" from sign_in_attempt
    where subject = 'address' and locked_until > ${instant(nowMs)} order by locked_until desc limit 500`);

/** Forgets attempts nobody will ask about. Out: how many. */
export const forgetAttempts = (on: Queryable, nowMs: number): Promise<number> =>
  on.run(sql`delete from sign_in_attempt where last_at < ${instant(nowMs - accountLockout.forgetAfterMs)}`);

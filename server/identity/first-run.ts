// The first start: three administrators, each with a one-time password, so that the separation of offices holds from the
// first minute and yet one person can set a small county going alone, paper slips in hand. See docs/adr/ on first sign-in.
import { type AdministratorRole, roleDefinitions } from "@bihuan/core/identity/roles.ts";
import type { Platform } from "../platform/platform.ts";
import { sql } from "../platform/sql.ts";
import { recordAccess, systemActor } from "./access-log/commands.ts";
import { commandLine } from "./editor.ts";
import { hashPassword, oneTimePassword } from "./sign-in/passwords.ts";
import { setPassword } from "./sign-in/commands.ts";
import { insertStaff } from "./staff/commands.ts";
import { insertGrant } from "./staff/grants.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";

export type FirstAccount = {
  readonly account: string;
  readonly role: AdministratorRole;
  readonly title: Bilingual;
  readonly oneTimePassword: string;
};

const firstAccounts: readonly (readonly [string, AdministratorRole])[] = [
  ["admin", "SYSTEM_ADMIN"],
  ["security", "SECURITY_ADMIN"],
  ["audit", "AUDIT_ADMIN"],
];
/** Who installs may not be who signs in: long enough for a slip of paper to travel. */
const FIRST_PASSWORD_MS = 90 * 86_400_000;
const FIRST_RUN_LOCK = 7236_0003;

/**
 * Creates the three first administrators where nobody exists yet. Out: their accounts and one-time passwords, to be printed
 * once; empty where the installation has people already. Safe when several processes start together: one of them creates.
 */
export async function ensureFirstAdministrator(platform: Platform): Promise<FirstAccount[]> {
  const { db, time } = platform;
  const someone = sql`select exists (select from staff) as "exists"`;
  if ((await db.one<{ exists: boolean }>(someone)).exists) return [];
  const prepared = await Promise.all(
    firstAccounts.map(async ([account, role]) => {
      const password = oneTimePassword();
      return { account, role, title: roleDefinitions[role].title, oneTimePassword: password, hash: await hashPassword(password) };
    }),
  );
  const nowMs = time.nowMs();
  return db.transaction(async (tx) => {
    await tx.run(sql`select pg_advisory_xact_lock(${FIRST_RUN_LOCK})`);
    if ((await tx.one<{ exists: boolean }>(someone)).exists) return [];
    const root = await tx.one<{ unitId: number }>(sql`select unit_id as "unitId" from unit where parent_id is null`);
    for (const { account, role, title, hash } of prepared) {
      const staffId = await insertStaff(tx, { account, name: title.zh, homeUnitId: root.unitId }, nowMs);
      await setPassword(tx, staffId, hash, nowMs, nowMs + FIRST_PASSWORD_MS);
      await insertGrant(tx, commandLine, staffId, { role, unitId: root.unitId, fromMs: null, toMs: null }, nowMs);
      await recordAccess(tx, nowMs, systemActor("first start"), {
        action: "STAFF_CREATED",
        recordKind: "staff",
        recordId: staffId,
        facts: { account },
      });
    }
    return prepared.map(({ hash: _hash, ...account }) => account);
  });
}

// The county's organisation and staff in a fresh database, as administrators would enter them.
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { organisationFile } from "@bihuan/simulator/county/organisation.ts";
import { PASSWORD, type StaffMember, staffOf, visitors } from "@bihuan/simulator/county/staff.ts";
import { commandLine } from "@bihuan/server/identity/editor.ts";
import { importOrganisation } from "@bihuan/server/identity/organisation/import.ts";
import { currentTree } from "@bihuan/server/identity/organisation/tree.ts";
import { setPassword } from "@bihuan/server/identity/sign-in/commands.ts";
import { hashPassword } from "@bihuan/server/identity/sign-in/passwords.ts";
import { insertStaff } from "@bihuan/server/identity/staff/commands.ts";
import { insertGrant } from "@bihuan/server/identity/staff/grants.ts";
import type { Platform } from "@bihuan/server/platform/platform.ts";

/** Sets the organisation up. In: the zone it lives by. Errors: throws with the problems of the file, which would be ours. */
export async function furnishOrganisation(platform: Platform, zone: string): Promise<OrganisationTree> {
  const { applied, problems } = await importOrganisation(platform, commandLine, organisationFile(zone), false);
  if (!applied) throw new Error(`the organisation of the demonstration: ${JSON.stringify(problems)}`);
  return currentTree(platform);
}

/**
 * Creates everybody with their role and the demonstration's one password, and the visitors' accounts. The password is hashed once:
 * argon2 for every account would take longer than everything else. Out: staff ids by account.
 */
export async function furnishStaff(
  platform: Platform,
  tree: OrganisationTree,
  seed: string,
  fromMs: number,
): Promise<Map<string, number>> {
  const hash = await hashPassword(PASSWORD);
  const nowMs = platform.time.nowMs();
  const unitId = (code: string): number => tree.byCode(code)?.unitId ?? tree.root.unitId;
  const everybody: readonly StaffMember[] = [...staffOf(seed), ...visitors];
  return platform.db.transaction(async (tx) => {
    const ids = new Map<string, number>();
    for (const { account, name, unit, role, at, alsoAt } of everybody) {
      const staffId = await insertStaff(tx, { account, name, homeUnitId: unitId(unit) }, fromMs);
      for (const code of [at, ...(alsoAt === undefined ? [] : [alsoAt])])
        await insertGrant(tx, commandLine, staffId, { role, unitId: unitId(code), fromMs, toMs: null }, nowMs);
      await setPassword(tx, staffId, hash, nowMs, null);
      ids.set(account, staffId);
    }
    return ids;
  });
}

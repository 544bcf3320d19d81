// People, units and keys for the tests of any slice: written straight to the tables, signed in without waiting for argon2.
import type { UnitKind } from "@bihuan/core/identity/organisation.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, sql } from "../../platform/sql.ts";
import { forgetSessions } from "../memory.ts";
import { forgetTree } from "../organisation/tree.ts";
import { openSession } from "../sign-in/commands.ts";
import { insertGrant } from "../staff/grants.ts";
import { insertStaff } from "../staff/commands.ts";
import { commandLine } from "../editor.ts";
import { API_KEY_PREFIX, cookieName, hashToken, newToken } from "../sign-in/tokens.ts";
import { policyOf } from "../policy.ts";

export type TestUnit = {
  readonly code: string;
  readonly kind: UnitKind;
  readonly parent: string | null;
  readonly region?: number;
  readonly zone?: string;
};

/**
 * A province with two cities, as most tests need it: P ─ A (region 101) ─ A1 county ─ A11 station ─ A111 crew, A12 crew;
 * A2 county; B (region 102) ─ B1 county. Ids by code come back.
 */
export const province: readonly TestUnit[] = [
  { code: "P", kind: "PROVINCE", parent: null },
  { code: "A", kind: "CITY", parent: "P", region: 101 },
  { code: "A1", kind: "COUNTY", parent: "A" },
  { code: "A11", kind: "STATION", parent: "A1" },
  { code: "A111", kind: "CREW", parent: "A11" },
  { code: "A12", kind: "CREW", parent: "A1" },
  { code: "A2", kind: "COUNTY", parent: "A" },
  { code: "B", kind: "CITY", parent: "P", region: 102 },
  { code: "B1", kind: "COUNTY", parent: "B" },
];

/** Writes an organisation, parents first; the root takes the placeholder's place. Out: unit ids by code. */
export async function testUnits<const Units extends readonly TestUnit[] = typeof province>(
  platform: Platform,
  units: Units = province as unknown as Units,
): Promise<Record<string, number>> {
  const ids: Record<string, number> = {};
  const regions: Record<string, number> = {};
  const at = instant(platform.time.nowMs());
  for (const { code, kind, parent, region, zone } of units) {
    const regionId = region ?? (parent === null ? 100 : regions[parent]);
    const row =
      parent === null
        ? await platform.db.one<{ id: number }>(sql`
          update unit set code = ${code}, name = ${code}, kind = ${kind}, region_id = ${regionId}, zone = ${zone ?? null}, placeholder = false
          where parent_id is null returning unit_id as id`)
        : await platform.db.one<{ id: number }>(sql`
          insert into unit (code, name, kind, parent_id, region_id, zone, created_at, changed_at)
          values (${code}, ${code}, ${kind}, ${ids[parent]}, ${regionId}, ${zone ?? null}, ${at}, ${at}) returning unit_id as id`);
    ids[code] = row.id;
    regions[code] = regionId as number;
  }
  forgetTree(platform.db);
  return ids;
}

export type Caller = {
  readonly id: number;
  /** Headers of a request by this caller: a browser of our own site, or a program with a key. */
  readonly headers: Readonly<Record<string, string>>;
};
export type TestGrant = readonly [Role, number];

/** A person with grants, signed in. In: the grants, and where they are at home (the first grant's unit by default). */
export async function signedIn(
  platform: Platform,
  grants: readonly TestGrant[],
  person: { account?: string; name?: string; homeUnitId?: number } = {},
): Promise<Caller> {
  const { db, time } = platform;
  const nowMs = time.nowMs();
  const account = person.account ?? `person-${crypto.randomUUID().slice(0, 8)}`;
  const homeUnitId = person.homeUnitId ?? grants[0]?.[1];
  if (homeUnitId === undefined) throw new Error("a person without grants needs a home unit");
  const { id, token } = await db.transaction(async (tx) => {
    const id = await insertStaff(tx, { account, name: person.name ?? account, homeUnitId }, nowMs);
    for (const [role, unitId] of grants)
      await insertGrant(tx, commandLine, id, { role, unitId, fromMs: null, toMs: null }, nowMs);
    return { id, token: await openSession(platform, tx, id, { address: "127.0.0.1", userAgent: "test" }, nowMs) };
  });
  return { id, headers: { cookie: `${cookieName(policyOf(platform).secure)}=${token}`, "sec-fetch-site": "same-origin" } };
}

/** An integration with a key. */
export async function withApiKey(platform: Platform, grants: readonly TestGrant[], unitId = grants[0]?.[1]): Promise<Caller> {
  const secret = API_KEY_PREFIX + newToken();
  const at = platform.time.nowMs();
  const { id } = await platform.db.one<{ id: number }>(sql`
    insert into api_key (name, prefix, token_hash, unit_id, created_at, expires_at)
    values ('integration', ${secret.slice(0, 12)}, ${hashToken(secret)}, ${unitId}, ${instant(at)}, ${instant(at + 30 * 86_400_000)})
    returning api_key_id as id`);
  for (const [role, at] of grants)
    await platform.db.run(sql`insert into api_key_grant (api_key_id, role, unit_id) values (${id}, ${role}, ${at})`);
  forgetSessions(platform.db);
  return { id, headers: { authorization: `Bearer ${secret}` } };
}

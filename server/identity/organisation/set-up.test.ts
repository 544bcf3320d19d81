import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { UnitView } from "@bihuan/contract/identity-organisation.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { ensureFirstAdministrator } from "../first-run.ts";
import { callerOf, identityServer } from "../testing/http.ts";
import type { Caller } from "../testing/people.ts";

const db = await testDatabase();
const platform = testPlatform(db, manualTime("2026-03-02T00:00:00Z"));
const server = await identityServer(platform);
after(() => server.close());
const call = callerOf(server);

test("from the first start to a working crew: three slips of paper, eight requests", async () => {
  const [first, second, third] = await Promise.all([
    ensureFirstAdministrator(platform),
    ensureFirstAdministrator(platform),
    ensureFirstAdministrator(platform),
  ]);
  const created = [first, second, third].filter((accounts) => accounts.length > 0);
  assert.equal(created.length, 1, "several processes start together: one creates the accounts");
  const accounts = new Map(created[0]?.map((each) => [each.account, each.oneTimePassword]));
  assert.deepEqual([...accounts.keys()], ["admin", "security", "audit"]);
  assert.deepEqual(await ensureFirstAdministrator(platform), [], "the passwords are never told again");

  const enter = async (account: string, own: string): Promise<Caller> => {
    const slip = accounts.get(account) as string;
    const entered = await server.app.inject({ method: "POST", url: "/api/session", payload: { account, password: slip } });
    const cookie = `bihuan=${entered.cookies[0]?.value}`;
    const changed = await server.app.inject({
      method: "POST",
      url: "/api/session/password",
      headers: { cookie },
      payload: { currentPassword: slip, newPassword: own },
    });
    assert.equal(changed.statusCode, 200, changed.body);
    return { id: 0, headers: { cookie: `bihuan=${changed.cookies[0]?.value}` } };
  };
  const admin = await enter("admin", "Kestrel-4718");
  const tree = (await call(admin, "GET", "/organisation")).body as { units: UnitView[]; placeholder: boolean };
  assert.deepEqual([tree.placeholder, tree.units.length], [true, 1]);
  const root = (await call(admin, "POST", "/organisation/set-up", { code: "YH", name: "余杭供电公司", kind: "COUNTY" }))
    .body as UnitView;
  assert.deepEqual(
    [root.code, root.regionId, root.effectiveZone, root.unitId],
    ["YH", 100, "Asia/Shanghai", tree.units[0]?.unitId],
  );
  assert.equal(
    (await call(admin, "POST", "/organisation/set-up", { code: "YH2", name: "再来", kind: "COUNTY" })).code,
    "identity.organisation-set-up",
  );
  const asCity = (await call(admin, "PATCH", `/units/${root.unitId}`, { version: root.version, kind: "CITY" })).body as UnitView;
  assert.deepEqual([asCity.kind, asCity.regionId], ["CITY", 100], "a kind chosen by mistake can be put right");
  const back = await call(admin, "PATCH", `/units/${root.unitId}`, { version: asCity.version, kind: "COUNTY" });
  assert.equal((back.body as UnitView).kind, "COUNTY");
  const crew = (await call(admin, "POST", "/units", { code: "YH-C1", name: "抢修一班", kind: "CREW", parentId: root.unitId }))
    .body as UnitView;
  const county = back.body as UnitView;
  assert.equal(
    (await call(admin, "PATCH", `/units/${root.unitId}`, { version: county.version, kind: "HALL" })).code,
    "identity.unit-kind-order",
    "what stands below must still fit",
  );
  const person = (await call(admin, "POST", "/staff", { account: "li.wei", name: "李伟", homeUnitId: crew.unitId })).body as {
    staffId: number;
    passwordState: string;
  };
  assert.equal(person.passwordState, "NONE", "who makes accounts cannot enter with them");
  assert.equal((await call(admin, "POST", "/one-time-passwords", { staffIds: [person.staffId] })).code, "permission.missing");

  const security = await enter("security", "Heron-5829!");
  assert.equal(
    (await call(security, "POST", `/staff/${person.staffId}/grants`, { role: "HANDLER", unitId: crew.unitId })).status,
    200,
  );
  const issued = (await call(security, "POST", "/one-time-passwords", { staffIds: [person.staffId] })).body as {
    issued: { account: string; oneTimePassword: string }[];
  };
  accounts.set("li.wei", issued.issued[0]?.oneTimePassword as string);
  const crewMember = await enter("li.wei", "Sparrow-6930");
  assert.equal((await call(crewMember, "GET", "/session")).status, 200);

  const audit = await enter("audit", "Magpie-7041");
  const { entries } = (await call(audit, "GET", "/access-log?limit=200")).body as {
    entries: { action: string; account: string | null }[];
  };
  const told = new Set(entries.map((entry) => entry.action));
  for (const action of [
    "STAFF_CREATED",
    "ROLE_GRANTED",
    "SIGN_IN",
    "PASSWORD_CHANGED",
    "PASSWORD_ISSUED",
    "ORGANISATION_CHANGED",
  ])
    assert.ok(told.has(action), action);
});

test("an organisation file's root takes over a placeholder's place, its region number too", async () => {
  const other = await testDatabase();
  const fresh = testPlatform(other, manualTime("2026-03-02T00:00:00Z"));
  const { importOrganisation } = await import("./import.ts");
  const { commandLine } = await import("../editor.ts");
  const csv = "code,name,kind,parent_code,region\nZJ,浙江,PROVINCE,,\nHZ,杭州,CITY,ZJ,571\nYH,余杭,COUNTY,HZ,";
  assert.equal((await importOrganisation(fresh, commandLine, csv, false)).created, 2);
  const rows = await other.rows<{ code: string; region: number; placeholder: boolean }>(
    sql`select code, region_id as region, placeholder from unit order by unit_id`,
  );
  assert.deepEqual(
    rows.map((row) => [row.code, row.region, row.placeholder]),
    [
      ["ZJ", 100, false],
      ["HZ", 571, false],
      ["YH", 571, false],
    ],
  );
});

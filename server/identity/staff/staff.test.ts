import assert from "node:assert/strict";
import { test } from "node:test";
import type { z } from "zod";
import type { StaffDetail, StaffView } from "@bihuan/contract/identity-staff.ts";
import { sql } from "../../platform/sql.ts";
import { identityOffice } from "../testing/office.ts";
import { type Caller, signedIn } from "../testing/people.ts";

type Detail = z.output<typeof StaffDetail>;
const { db, platform, call, id } = await identityOffice("2026-03-02T00:00:00Z");

const admin = await signedIn(platform, [["SYSTEM_ADMIN", id("P")]], { account: "root.admin" });
const guard = await signedIn(platform, [["SECURITY_ADMIN", id("P")]], { account: "root.guard" });
const cityAdmin = await signedIn(platform, [["SYSTEM_ADMIN", id("A")]], { account: "city.admin" });
const cityGuard = await signedIn(platform, [["SECURITY_ADMIN", id("A")]], { account: "city.guard" });
const auditor = await signedIn(platform, [["AUDIT_ADMIN", id("P")]], { account: "root.audit" });

const create = (account: string, unit: string, by: Caller = admin) =>
  call(by, "POST", "/staff", { account, name: "李伟", homeUnitId: id(unit) });
const created = async (account: string, unit: string, by: Caller = admin): Promise<Detail> =>
  (await create(account, unit, by)).body;
const read = async (staffId: number): Promise<Detail> => (await call(guard, "GET", `/staff/${staffId}`)).body;
const grant = (by: Caller, staffId: number, role: string, unit: string, period: object = {}) =>
  call(by, "POST", `/staff/${staffId}/grants`, { role, unitId: id(unit), ...period });

test("an account is one person's, whatever its case; whoever makes it cannot enter with it", async () => {
  const person = await created("li.wei", "A1");
  assert.deepEqual([person.passwordState, person.grants.length, person.homeUnitName], ["NONE", 0, "A1"]);
  assert.deepEqual(person.may, { edit: true, grant: false, issuePassword: false, unlock: false, revokeSessions: false });
  assert.equal((await create("LI.Wei", "A2")).code, "identity.account-taken");
  assert.equal((await create("x y", "A2")).code, "request.invalid");
  assert.equal((await create("wang", "B1", cityAdmin)).code, "identity.outside-scope");
  assert.equal((await create("wang", "A1", guard)).code, "permission.missing");
});

test("people outside one's units do not exist", async () => {
  const person = await created("zhao.liu", "B1");
  for (const [method, url, body] of [
    ["GET", "", undefined],
    ["PATCH", "", { version: 1, name: "赵" }],
    ["POST", "/deactivate", { version: 1 }],
  ] as const)
    assert.equal((await call(cityAdmin, method, `/staff/${person.staffId}${url}`, body)).code, "request.not-found", url);
  for (const [method, url, body] of [
    ["POST", "/grants", { role: "HANDLER", unitId: id("A1") }],
    ["GET", "/sessions", undefined],
    ["DELETE", "/sessions", undefined],
    ["POST", "/unlock", undefined],
  ] as const)
    assert.equal((await call(cityGuard, method, `/staff/${person.staffId}${url}`, body)).code, "request.not-found", url);
  assert.equal((await call(cityGuard, "POST", "/one-time-passwords", { staffIds: [person.staffId] })).code, "request.not-found");
  const list = (await call(cityAdmin, "GET", "/staff?limit=200")).body as { staff: { homeUnitId: number }[] };
  assert.equal(
    list.staff.some((each) => each.homeUnitId === id("B1") || each.homeUnitId === id("P")),
    false,
  );
});

test("a role is granted at a unit of one's own, to people of one's own, for a time or until withdrawn", async () => {
  const { staffId } = await created("sun.qi", "A1");
  assert.equal((await grant(cityGuard, staffId, "HANDLER", "B1")).code, "identity.outside-scope");
  assert.equal((await grant(cityGuard, staffId, "MANAGER", "P")).code, "identity.outside-scope");
  assert.equal((await grant(cityGuard, staffId, "HANDLER", "A1")).status, 200);
  assert.equal((await grant(guard, staffId, "HANDLER", "A1")).code, "identity.grant-exists");
  assert.equal((await grant(guard, staffId, "HANDLER", "A2", { validTo: "2026-03-01T00:00:00Z" })).code, "identity.grant-period");
  for (const period of [{ validTo: "9999-12-31T23:59:59-23:59" }, { validFrom: "0000-01-01T00:00:00Z" }])
    assert.equal((await grant(guard, staffId, "HANDLER", "A2", period)).code, "identity.grant-period");
  const next = { validFrom: "2026-03-09T00:00:00Z", validTo: "2026-03-16T00:00:00Z" };
  assert.equal((await grant(guard, staffId, "REVIEWER", "A1", next)).status, 200);
  assert.equal(
    (await grant(guard, staffId, "REVIEWER", "A1", { validFrom: "2026-03-12T00:00:00Z" })).code,
    "identity.grant-exists",
    "the periods overlap",
  );
  const person = await read(staffId);
  assert.deepEqual(
    person.grants.map((each) => [each.role, each.valid, each.grantedBy]),
    [
      ["HANDLER", true, "city.guard"],
      ["REVIEWER", false, "root.guard"],
    ],
  );
  assert.deepEqual(
    person.roles.map((each) => each.role),
    ["HANDLER"],
  );
  const [first] = person.grants;
  assert.equal((await call(cityGuard, "DELETE", `/staff/${staffId}/grants/${first?.grantId}`)).status, 200);
  assert.deepEqual((await read(staffId)).roles, []);
  assert.equal((await call(cityGuard, "DELETE", `/staff/${staffId}/grants/${first?.grantId}`)).code, "request.not-found");
  const [kept] = await db.rows<{ by: number }>(sql`select withdrawn_by as by from role_grant where grant_id = ${first?.grantId}`);
  assert.equal(kept?.by, cityGuard.id, "who withdrew it stays answerable");
});

test("the three administrators are three people, and none of them does business", async () => {
  const { staffId } = await created("zhou.ba", "A");
  assert.equal((await grant(guard, staffId, "AUDIT_ADMIN", "A")).status, 200);
  for (const role of ["SYSTEM_ADMIN", "SECURITY_ADMIN", "HANDLER", "ANALYST"])
    assert.equal((await grant(guard, staffId, role, "P")).code, "identity.roles-must-be-separate", role);
  assert.equal((await grant(guard, staffId, "AUDIT_ADMIN", "B")).status, 200, "the same office at another unit");
  const worker = await signedIn(platform, [["HANDLER", id("A1")]]);
  assert.equal((await grant(guard, worker.id, "SECURITY_ADMIN", "A1")).code, "identity.roles-must-be-separate");
  const both = await created("both", "A1");
  const answers = await Promise.all([
    grant(guard, both.staffId, "SYSTEM_ADMIN", "A1"),
    grant(guard, both.staffId, "HANDLER", "A1"),
  ]);
  assert.deepEqual(
    new Set(answers.map((answer) => answer.code)),
    new Set(["identity.roles-must-be-separate", null]),
    "not even at the same instant",
  );
});

test("nobody grants to himself, takes from himself, issues himself a password or unlocks himself", async () => {
  assert.equal((await grant(guard, guard.id, "SECURITY_ADMIN", "A")).code, "identity.not-to-oneself");
  const [own] = (await read(guard.id)).grants;
  assert.equal((await call(guard, "DELETE", `/staff/${guard.id}/grants/${own?.grantId}`)).code, "identity.not-to-oneself");
  assert.equal((await call(guard, "POST", "/one-time-passwords", { staffIds: [guard.id] })).code, "identity.not-to-oneself");
  assert.equal((await call(guard, "POST", `/staff/${guard.id}/unlock`)).code, "identity.not-to-oneself");
  assert.equal((await call(admin, "POST", `/staff/${admin.id}/deactivate`, { version: 1 })).code, "identity.not-to-oneself");
});

test("the offices keep to themselves: what one may, the other two may not", async () => {
  const { staffId, version } = await created("wu.jiu", "A1");
  const acts: Record<string, [Caller, "GET" | "POST", string, object?]> = {
    "make accounts": [admin, "POST", "/staff", { account: "zheng.shi", name: "郑十", homeUnitId: id("A1") }],
    "edit the organisation": [admin, "POST", "/units", { code: "N1", name: "新", kind: "CREW", parentId: id("A1") }],
    "deactivate accounts": [admin, "POST", `/staff/${staffId}/deactivate`, { version }],
    "grant roles": [guard, "POST", `/staff/${staffId}/grants`, { role: "HANDLER", unitId: id("A1") }],
    "issue passwords": [guard, "POST", "/one-time-passwords", { staffIds: [staffId] }],
    "read the access log": [auditor, "GET", "/access-log"],
  };
  for (const [what, [allowed, method, url, body]] of Object.entries(acts))
    for (const caller of [admin, guard, auditor])
      if (caller !== allowed) assert.equal((await call(caller, method, url, body)).code, "permission.missing", what);
});

test("the last administrator of a kind at the root can be neither deactivated nor deprived", async () => {
  const second = await signedIn(platform, [["SYSTEM_ADMIN", id("P")]], { account: "second.admin" });
  const helper = await signedIn(platform, [["SECURITY_ADMIN", id("P")]], { account: "second.guard" });
  const version = async (person: Caller) => (await read(person.id)).version;
  const deactivate = async (by: Caller, person: Caller) =>
    call(by, "POST", `/staff/${person.id}/deactivate`, { version: await version(person) });
  assert.equal((await deactivate(second, admin)).status, 200);
  assert.equal((await call(admin, "GET", "/organisation")).status, 401, "their sessions ended with it");
  assert.equal((await deactivate(cityAdmin, second)).code, "request.not-found");
  const [own] = (await read(second.id)).grants;
  assert.equal((await call(guard, "DELETE", `/staff/${second.id}/grants/${own?.grantId}`)).code, "identity.last-administrator");
  assert.equal((await deactivate(second, auditor)).code, "identity.last-administrator");
  assert.equal((await deactivate(second, helper)).status, 200, "another security administrator is left");
  assert.equal((await call(second, "POST", `/staff/${admin.id}/reactivate`, { version: await version(admin) })).status, 200);
});

test("a change of one's rights is felt with the next request", async () => {
  const worker = await signedIn(platform, [["HANDLER", id("A1")]]);
  assert.equal((await call(worker, "GET", "/staff")).code, "permission.missing");
  assert.equal((await grant(guard, worker.id, "DISPATCHER", "A1")).status, 200);
  assert.equal((await call(worker, "GET", "/staff")).status, 200);
  const dispatcher = (await read(worker.id)).grants.find((each) => each.role === "DISPATCHER");
  await call(guard, "DELETE", `/staff/${worker.id}/grants/${dispatcher?.grantId}`);
  assert.equal((await call(worker, "GET", "/staff")).code, "permission.missing");
});

test("the list is paged by account, and found by unit, role and part of the name", async () => {
  const maker = await signedIn(platform, [["SYSTEM_ADMIN", id("A2")]], { homeUnitId: id("P") });
  for (let i = 0; i < 7; i++) await created(`page${i}`, "A2", maker);
  const pages: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = (await call(guard, "GET", `/staff?unitId=${id("A2")}&limit=3${cursor ? `&cursor=${cursor}` : ""}`)).body as {
      staff: z.output<typeof StaffView>[];
      next: string | null;
    };
    pages.push(...page.staff.map((each) => each.account));
    cursor = page.next;
  }
  assert.deepEqual(
    pages,
    [0, 1, 2, 3, 4, 5, 6].map((index) => `page${index}`),
  );
  const search = async (query: string) =>
    ((await call(guard, "GET", `/staff?${query}`)).body as { staff: { account: string }[] }).staff.map((each) => each.account);
  assert.deepEqual(await search("text=AGE3"), ["page3"]);
  assert.deepEqual(await search("text=%25"), [], "a wildcard is a letter like any other");
  assert.deepEqual(await search("role=AUDIT_ADMIN&text=root"), ["root.audit"]);
  assert.deepEqual(await search("cursor=bm90IG91cnM&text=page3"), ["page3"], "a cursor that is not ours starts anew");
});

test("staff and grants import all or nothing, every problem with its line", async () => {
  const staff = (csv: string, by: Caller) => call(by, "POST", "/staff/import", { csv });
  const fixed = await signedIn(platform, [["SYSTEM_ADMIN", id("A")]]);
  const bad = await staff(
    "账号,姓名,单位编码\nimp1,甲,A1\nimp1,乙,A1\n?,丙,A1\nimp2,,A1\nimp3,丁,NOWHERE\nimp4,戊,B1\nzhao.liu,己,A1",
    fixed,
  );
  assert.deepEqual(
    (bad.body as { problems: { line: number; column: string }[] }).problems.map((each) => `${each.line} ${each.column}`),
    ["3 account", "4 account", "5 name", "6 unit_code", "7 unit_code", "8 account"],
  );
  assert.equal(
    (await db.one<{ count: number }>(sql`select count(*)::int as count from staff where account like 'imp%'`)).count,
    0,
  );
  const good = "account,name,unit_code\nimp1,甲,A1\nimp2,乙,A2\n";
  assert.deepEqual((await staff(good, fixed)).body, { applied: true, created: 2, changed: 0, unchanged: 0, problems: [] });
  assert.deepEqual((await staff(good.replace("乙", "丙"), fixed)).body, {
    applied: true,
    created: 0,
    changed: 1,
    unchanged: 1,
    problems: [],
  });

  const grants = (csv: string) => call(cityGuard, "POST", "/grants/import", { csv });
  const wrong = await grants(
    "account,role,unit_code\nimp1,HANDLER,A1\nimp1,SYSTEM_ADMIN,A1\nimp2,KING,A2\nnobody,AGENT,A1\nimp2,AGENT,B1",
  );
  assert.deepEqual(
    (wrong.body as { problems: { line: number }[] }).problems.map((each) => each.line),
    [3, 4, 5, 6],
  );
  assert.deepEqual((await read((await staffId("imp1")) as number)).grants, []);
  const right = "account,role,unit_code\nimp1,处理人,A1\nimp2,AGENT,A2\n";
  assert.deepEqual((await grants(right)).body, { applied: true, created: 2, changed: 0, unchanged: 0, problems: [] });
  assert.deepEqual((await grants(right)).body, { applied: true, created: 0, changed: 0, unchanged: 2, problems: [] });
});

const staffId = async (account: string) =>
  (await db.maybe<{ id: number }>(sql`select staff_id as id from staff where account = ${account}`))?.id;

import assert from "node:assert/strict";
import { test } from "node:test";
import type { UnitView } from "@bihuan/contract/identity-organisation.ts";
import { sql } from "../../platform/sql.ts";
import { identityOffice } from "../testing/office.ts";
import { signedIn } from "../testing/people.ts";
import { UNIT_MOVED_JOB } from "./commands.ts";
import { currentTree } from "./tree.ts";

const { db, platform, call, id } = await identityOffice("2026-03-02T00:00:00Z");

const admin = await signedIn(platform, [["SYSTEM_ADMIN", id("P")]]);
const cityAdmin = await signedIn(platform, [["SYSTEM_ADMIN", id("A")]]);
const handler = await signedIn(platform, [["HANDLER", id("A1")]]);

const unitOf = async (code: string): Promise<UnitView> => {
  const { units: all } = (await call(admin, "GET", "/organisation")).body as { units: UnitView[] };
  return all.find((unit) => unit.code === code) as UnitView;
};
const create = (by: typeof admin, body: Partial<UnitView>) => call(by, "POST", "/units", { name: body.code, ...body });

test("everyone who works sees the whole tree, and each unit says whether the caller may edit it", async () => {
  const { units: seen, placeholder } = (await call(cityAdmin, "GET", "/organisation")).body as {
    units: UnitView[];
    placeholder: boolean;
  };
  assert.equal(placeholder, false);
  assert.deepEqual(
    seen.map((unit) => [unit.code, unit.depth, unit.mayEdit]),
    [
      ["P", 1, false],
      ["A", 2, true],
      ["A1", 3, true],
      ["A11", 4, true],
      ["A111", 5, true],
      ["A12", 4, true],
      ["A2", 3, true],
      ["B", 2, false],
      ["B1", 3, false],
    ],
  );
  const worker = (await call(handler, "GET", "/organisation")).body as { units: UnitView[] };
  assert.equal(
    worker.units.some((unit) => unit.mayEdit),
    false,
  );
});

test("a unit is created within one's node, inherits, and is there for the next request", async () => {
  const made = await create(cityAdmin, { code: "A13", kind: "STATION", parentId: id("A1") });
  assert.equal(made.status, 200);
  assert.deepEqual([(made.body as UnitView).regionId, (made.body as UnitView).effectiveZone], [101, "Asia/Shanghai"]);
  assert.equal((await currentTree(platform)).byCode("A13")?.parentId, id("A1"));
  assert.equal((await create(cityAdmin, { code: "X1", kind: "STATION", parentId: id("B1") })).code, "identity.outside-scope");
  assert.equal((await create(handler, { code: "X1", kind: "STATION", parentId: id("A1") })).code, "permission.missing");
  assert.equal((await create(admin, { code: "X1", kind: "STATION", parentId: 99_999 })).code, "identity.unit-unknown");
  assert.equal((await create(admin, { code: "A13", kind: "STATION", parentId: id("A1") })).code, "identity.unit-code-taken");
  assert.equal((await create(admin, { code: "X1", kind: "CITY", parentId: id("A1") })).code, "identity.unit-kind-order");
  assert.equal(
    (await create(admin, { code: "X1", kind: "CREW", parentId: id("A1"), zone: "Mars/Base" })).code,
    "identity.zone-unknown",
  );
  assert.equal((await create(admin, { code: "=X1", kind: "CREW", parentId: id("A1") })).code, "request.invalid");
  const city = await create(admin, { code: "C", kind: "CITY", parentId: id("P"), zone: "Asia/Urumqi", areaClass: "RURAL" });
  assert.deepEqual([(city.body as UnitView).regionId, (city.body as UnitView).effectiveZone], [103, "Asia/Urumqi"]);
});

test("two people who create at the same time both succeed, and the tree is whole", async () => {
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => create(admin, { code: `D${index}`, kind: "CITY", parentId: id("P") })),
  );
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([200]));
  assert.equal(
    new Set(answers.map((answer) => (answer.body as UnitView).regionId)).size,
    12,
    "each city has a region of its own",
  );
});

test("of two people who change one unit, the second is told", async () => {
  const { version } = await unitOf("A2");
  const rename = (name: string) => call(admin, "PATCH", `/units/${id("A2")}`, { version, name });
  const answers = await Promise.all([rename("临平"), rename("临安")]);
  assert.deepEqual(new Set(answers.map((answer) => answer.code)), new Set(["identity.version-conflict", null]));
  const after = await unitOf("A2");
  assert.equal(after.version, version + 1);
  assert.equal(
    (await call(admin, "PATCH", `/units/${id("A2")}`, { version: after.version, code: "A1" })).code,
    "identity.unit-code-taken",
  );
  const inherits = await call(admin, "PATCH", `/units/${id("A2")}`, { version: after.version, zone: null, areaClass: "REMOTE" });
  assert.equal((inherits.body as UnitView).effectiveAreaClass, "REMOTE");
  assert.equal((inherits.body as UnitView).name, after.name, "what is not named stays");
});

test("a moved unit takes its subtree along, and whatever carries its path is rewritten by a job of the same transaction", async () => {
  const { version } = await unitOf("A11");
  const move = (parentId: number, by = admin) => call(by, "POST", `/units/${id("A11")}/move`, { version, parentId });
  assert.equal((await move(id("B1"))).code, "identity.unit-region-fixed");
  assert.equal((await move(id("A111"))).code, "identity.unit-cycle");
  assert.equal((await move(id("P"), cityAdmin)).code, "identity.outside-scope");
  const jobs = async () =>
    (
      await db.one<{ count: number }>(
        sql`select count(*)::int as count from graphile_worker.jobs where task_identifier = ${UNIT_MOVED_JOB}`,
      )
    ).count;
  assert.equal(await jobs(), 0);
  assert.equal((await move(id("A2"), cityAdmin)).status, 200);
  assert.equal(await jobs(), 1);
  assert.deepEqual((await currentTree(platform)).path(id("A111")), [id("P"), id("A"), id("A2"), id("A11"), id("A111")]);
});

test("a unit in use stays; an empty one is deactivated, refuses new units and comes back", async () => {
  const version = async (code: string) => (await unitOf(code)).version;
  const act = async (code: string, act: "deactivate" | "reactivate") =>
    call(admin, "POST", `/units/${id(code)}/${act}`, { version: await version(code) });
  assert.equal((await act("P", "deactivate")).code, "identity.unit-root-fixed");
  assert.equal((await act("A1", "deactivate")).code, "identity.unit-in-use");
  await signedIn(platform, [["HANDLER", id("A12")]]);
  assert.equal((await act("A12", "deactivate")).code, "identity.unit-in-use", "somebody is at home there");
  assert.equal((await act("B1", "deactivate")).status, 200);
  assert.equal((await create(admin, { code: "B11", kind: "STATION", parentId: id("B1") })).code, "identity.unit-unknown");
  assert.equal((await act("B1", "reactivate")).status, 200);
});

test("an import is all or nothing, every problem with its line", async () => {
  const before = (await currentTree(platform)).size;
  const upload = (csv: string, options: { by?: typeof admin; dryRun?: boolean } = {}) =>
    call(options.by ?? admin, "POST", "/organisation/import", { csv, dryRun: options.dryRun ?? false });
  const bad = await upload('code,name,kind,parent_code\nE1,东,COUNTY,B\nE2,"西,COUNTY,B');
  assert.equal((bad.body as { problems: unknown[] }).problems.length, 1);
  const wrong = await upload("code,name,kind,parent_code\nE1,东,COUNTY,B\nE2,西,VILLAGE,B\nE3,北,COUNTY,NOWHERE");
  assert.deepEqual((wrong.body as { applied: boolean }).applied, false);
  assert.deepEqual(
    (wrong.body as { problems: { line: number; column: string }[] }).problems.map((each) => [each.line, each.column]),
    [
      [3, "kind"],
      [4, "parent_code"],
    ],
  );
  const foreign = await upload("code,name,kind,parent_code\nE1,东,COUNTY,B\nE2,西,COUNTY,A", { by: cityAdmin });
  assert.deepEqual(
    (foreign.body as { problems: { line: number }[] }).problems.map((each) => each.line),
    [2],
  );
  assert.equal((await currentTree(platform)).size, before);

  const good = "\uFEFF编码;名称;类型;上级编码\r\nE1;东;县公司;B\r\nE11;东一;供电所;E1\r\n";
  assert.deepEqual((await upload(good, { dryRun: true })).body, {
    applied: false,
    created: 2,
    changed: 0,
    unchanged: 0,
    problems: [],
  });
  assert.equal((await currentTree(platform)).size, before);
  assert.deepEqual((await upload(good)).body, { applied: true, created: 2, changed: 0, unchanged: 0, problems: [] });
  assert.deepEqual((await upload(good)).body, { applied: true, created: 0, changed: 0, unchanged: 2, problems: [] });
  assert.equal((await currentTree(platform)).byCode("E11")?.regionId, 102);
});

test("what was exported imports without a change", async () => {
  const file = await call(admin, "GET", "/organisation/export");
  const { text } = file.body as { text: string };
  const back = await call(admin, "POST", "/organisation/import", { csv: text });
  const { created, changed, problems } = back.body as { created: number; changed: number; problems: unknown[] };
  assert.deepEqual([created, changed, problems], [0, 0, []]);
});

test("ten thousand units import in one transaction", async () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => `F${index},班组${index},CREW,B1`).join("\n");
  const result = await call(admin, "POST", "/organisation/import", { csv: `code,name,kind,parent_code\n${rows}` });
  assert.equal((result.body as { created: number }).created, 10_000);
});

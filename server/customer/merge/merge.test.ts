import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Duplicate } from "@bihuan/contract/customer-care.ts";
import type { CustomerNote } from "@bihuan/contract/customer-file.ts";
import type { CustomerFile } from "@bihuan/contract/customer.ts";
import { sql } from "../../platform/sql.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import { eraseCustomer, holdForErasure } from "../editing/erase.ts";
import { customersForIntake, holdCustomers } from "../intake.ts";
import { csv, importer } from "../testing/file.ts";
import { customerDesk } from "../testing/desk.ts";
import { customerFaults } from "./audit.ts";

const desk = await customerDesk();
const { platform, db, call, send, people, open, logged, time } = desk;
const { agent, handler, manager, stationManager, cityB } = people;
const load = await importer(platform);
const file = async (id: string) => (await call<CustomerFile>(agent, "GET", `/customers/${id}`)).body;

const half = (name: string, phone: string, more: object = {}) => ({
  name,
  contacts: [{ name: null, phone, relation: "HOLDER" }],
  ...more,
});
async function merge(survivor: string, merged: string, more: object = {}, caller = manager) {
  const [one, other] = [await file(survivor), await file(merged)];
  return call<{ version: number }>(caller, "POST", `/customers/${survivor}/merge`, {
    version: one.version,
    mergedId: merged,
    mergedVersion: other.version,
    reason: "同一客户两份档案",
    ...more,
  });
}
const undo = async (survivor: string, merged: string) =>
  call(manager, "POST", `/customers/${survivor}/merge/undo`, {
    version: (await file(survivor)).version,
    mergedId: merged,
    reason: "核实为两户人家",
  });
// What a file says, without what counts its changes.
const essence = ({ version: _, updatedAt: _at, managers: _managers, mergedFrom: _merged, ...said }: CustomerFile) => said;

const need = (kind: string) => ({ kind, note: null, validFrom: null, validTo: null });
const elderly = { specialNeeds: [need("ELDERLY")] };
const proof = Buffer.from("%PDF-1.4\n%%EOF\n");

describe("merging two files", () => {
  test("joins accounts, people and needs; notes, evidence and visits come along; the old address leads to the survivor", async () => {
    const one = await open("A11", half("张三", "13800000001", { customerNo: "M-1", specialNeeds: [need("DISABLED")] }));
    const two = await open("A12", half("张三", "13800000002", { customerNo: "M-2", importance: "SECOND", ...elderly }));
    await send(agent, `/customers/${two}/special-needs/ELDERLY/evidence?validTo=2027-01-01`, "a.pdf", proof);
    await call(handler, "POST", `/customers/${one}/notes`, { body: "一" });
    await call(manager, "POST", `/customers/${two}/notes`, { body: "二" });
    await call(manager, "PUT", `/customers/${two}/manager`, { staffId: handler.id, version: (await file(two)).version });
    const done = await merge(one, two, { chosen: { importance: "MERGED" } });
    assert.equal(done.status, 200, done.text);
    const now = await file(two);
    assert.equal(now.customerId, one, "the old id answers with the file that stays");
    assert.deepEqual([now.customerNo, now.importance, now.manager?.name], ["M-1", "SECOND", "周敏"]);
    assert.equal(now.accounts.length, 2);
    assert.deepEqual(
      now.contacts.map(({ contactId, phone }) => [contactId, phone]),
      [
        [1, "138****0001"],
        [2, "138****0002"],
      ],
    );
    assert.deepEqual(
      now.specialNeeds.map(({ kind, evidenceState }) => [kind, evidenceState]),
      [
        ["DISABLED", "MISSING"],
        ["ELDERLY", "IN_ORDER"],
      ],
    );
    const evidence = now.specialNeeds[1]?.evidence[0];
    assert.deepEqual([evidence?.customerId, evidence?.fileNo], [two, 1]);
    assert.equal((await call(handler, "GET", `/customers/${two}/evidence/1`)).status, 200);
    const { notes } = (await call<{ notes: CustomerNote[] }>(handler, "GET", `/customers/${one}/notes`)).body;
    assert.deepEqual(new Set(notes.map(({ body, customerId }) => `${body} ${customerId}`)), new Set([`一 ${one}`, `二 ${two}`]));
    assert.deepEqual(
      now.mergedFrom.map(({ customerId, mergedBy, undoable }) => [customerId, mergedBy, undoable]),
      [[two, "主管一", true]],
    );
    const told = (await logged(one)).find(({ field }) => field === "merge");
    assert.deepEqual([told?.field, told?.reason, told?.facts], ["merge", "同一客户两份档案", { merged: two }]);
    assert.deepEqual(await customerFaults(db), []);
  });

  test("makes the survivor found by everything both were found by, and intake by either id", async () => {
    const one = await open("A11", half("李并户", "13800000011"));
    const two = await open("A11", half("李并户", "13800000012"));
    await merge(one, two);
    const found = async (text: string) =>
      (await call<{ rows: { customerId: string }[] }>(agent, "POST", "/customers/search", { text })).body.rows.map(
        (row) => row.customerId,
      );
    assert.deepEqual(new Set(await found("13800000012")), new Set([one]));
    const scope = {
      principal: { kind: "staff", id: agent.id, name: "" },
      homeUnitId: 1,
      grants: [{ role: "AGENT", unitId: desk.unit("P") }],
    } as const;
    const [byOld, byNew] = await customersForIntake(db, await currentTree(platform), [
      { scope, customerId: two },
      { scope, customerId: one },
    ]);
    assert.equal(byOld?.customerId, one);
    assert.deepEqual(byOld, byNew);
    assert.ok(await holdCustomers(db, [two]), "an order that was being taken in when the files became one still stands");
  });

  test("lets an import that names the old customer number go on, into the survivor", async () => {
    const one = await open("A11", half("王进口", "13800000021", { customerNo: "N-1" }));
    const two = await open("A11", half("王进口", "13800000022", { customerNo: "N-2" }));
    const [account] = (await file(two)).accounts;
    await merge(one, two);
    const result = await load(
      csv(
        ["户号", "户名", "客户编号", "用电类别", "区域类别", "单位编码"],
        [account?.accountNo ?? "", "王进口", "N-2", "居民", "城区", "A11"],
        ["4301990000001", "王进口", "N-2", "居民", "城区", "A11"],
      ),
    );
    assert.deepEqual([result.refusedRows, result.customersCreated, result.accountsCreated], [0, 0, 1]);
    assert.equal((await file(one)).accounts.length, 3);
    assert.deepEqual(await customerFaults(db), []);
  });

  test("is refused across cities, with itself, out of reach, with a stale version, twice, and without a reason", async () => {
    const one = await open("A11", half("赵一", "13800000031"));
    const two = await open("A12", half("赵一", "13800000031"));
    const foreign = await open("B1", half("赵一", "13800000031"));
    assert.equal((await merge(one, foreign)).code, "customer.merge-across-regions");
    assert.equal((await merge(one, one)).code, "customer.merge-itself");
    assert.equal((await merge(one, two, {}, stationManager)).code, "request.not-found", "the other file lies beyond the station");
    assert.equal((await merge(one, two, {}, cityB)).code, "request.not-found");
    assert.equal((await merge(one, two, {}, agent)).code, "permission.missing");
    assert.equal((await merge(one, two, { mergedVersion: 9 })).code, "customer.version-stale");
    assert.equal((await merge(one, two, { reason: "重" })).code, "identity.reason-required");
    assert.equal((await merge(one, two)).status, 200);
    const again = { version: (await file(one)).version, mergedId: two, mergedVersion: 2, reason: "再合并一次" };
    assert.equal((await call(manager, "POST", `/customers/${one}/merge`, again)).code, "customer.merged");
    for (const [method, path, body] of [
      ["PUT", "/facts", { version: 2, facts: null }],
      ["PUT", "/manager", { version: 2, staffId: null }],
      ["POST", "/notes", { body: "x" }],
      ["POST", "/service-card", {}],
    ] as const)
      assert.equal((await call(manager, method, `/customers/${two}${path}`, body)).code, "customer.merged", path);
  });

  test("done crosswise by two people at once leaves one file, whichever was first", async () => {
    const one = await open("A11", half("孙同时", "13800000041"));
    const two = await open("A11", half("孙同时", "13800000042"));
    const answers = await Promise.all([merge(one, two), merge(two, one)]);
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    );
    assert.equal((await file(one)).customerId, (await file(two)).customerId);
    assert.deepEqual(await customerFaults(db), []);
  });
});

describe("undoing a merge", () => {
  test("brings both files back as they were; what was noted since stays where it was written", async () => {
    const one = await open("A11", half("周撤销", "13800000051", { customerNo: "U-1", ...elderly }));
    const two = await open("A12", half("周撤", "13800000052", { customerNo: "U-2" }));
    await call(manager, "PUT", `/customers/${two}/manager`, { staffId: handler.id, version: 1 });
    const before = [essence(await file(one)), essence(await file(two))];
    await merge(one, two, { chosen: { name: "MERGED", customerNo: "MERGED", manager: "MERGED" } });
    assert.equal((await file(one)).customerNo, "U-2");
    await call(handler, "POST", `/customers/${one}/notes`, { body: "合并后写的" });
    const undone = await undo(one, two);
    assert.equal(undone.status, 200, undone.text);
    assert.deepEqual([essence(await file(one)), essence(await file(two))], before);
    assert.deepEqual((await file(one)).mergedFrom, []);
    assert.equal((await call<{ notes: CustomerNote[] }>(handler, "GET", `/customers/${one}/notes`)).body.notes.length, 1);
    assert.equal((await undo(one, two)).code, "request.not-found");
    assert.deepEqual(await customerFaults(db), []);
    assert.equal((await merge(one, two)).status, 200, "and they can be merged again");
  });

  test("is refused once the file was changed, or an import has added to it", async () => {
    const one = await open("A11", half("吴定局", "13800000061"));
    const two = await open("A11", half("吴定局", "13800000062"));
    await merge(one, two);
    await call(agent, "PUT", `/customers/${one}/facts`, {
      version: (await file(one)).version,
      facts: { kind: "FAMILY", members: 2 },
    });
    assert.equal((await file(one)).mergedFrom[0]?.undoable, false);
    assert.equal((await undo(one, two)).code, "customer.merge-settled");

    const three = await open("A11", half("郑定局", "13800000063"));
    const four = await open("A11", half("郑定局", "13800000064"));
    const [account] = (await file(three)).accounts;
    await merge(three, four);
    await load(
      csv(
        ["户号", "户名", "用电类别", "区域类别", "联系电话", "单位编码"],
        [account?.accountNo ?? "", "郑定局", "居民", "城区", "13800000065", "A11"],
      ),
    );
    assert.equal((await undo(three, four)).code, "customer.merge-settled");
  });

  test("of a file into which others were merged takes those along", async () => {
    const [one, two, three] = [
      await open("A11", half("冯链", "13800000071")),
      await open("A11", half("冯链", "13800000072")),
      await open("A11", half("冯链", "13800000073")),
    ];
    await merge(two, three);
    await merge(one, two);
    assert.equal((await file(three)).customerId, one);
    assert.deepEqual(await customerFaults(db), [], "every id is one step from its file");
    assert.equal((await undo(one, two)).status, 200);
    assert.equal((await file(three)).customerId, two);
    assert.deepEqual(await customerFaults(db), []);
  });
});

test("erasing the survivor erases all that was merged into it, and the way back", async () => {
  const one = await open("A11", half("陈删除", "13800000081"));
  const two = await open("A11", half("陈删除", "13800000082"));
  await merge(one, two);
  assert.equal((await db.transaction((tx) => holdForErasure(tx, two)))?.refused, "customer.merged");
  await db.transaction((tx) => eraseCustomer(tx, one, time.nowMs()));
  const left = await db.rows<{ name: string | null; before: object | null }>(sql`
    select c.name, m.before from customer c left join customer_merge m on m.merged_id = c.customer_id
    where c.customer_id in (${one}, ${two})`);
  assert.deepEqual(left, [
    { name: null, before: null },
    { name: null, before: null },
  ]);
  assert.equal((await merge(one, await open("A11", half("陈", "13800000083")))).code, "customer.erased");
  assert.deepEqual(await customerFaults(db), []);
});

describe("what looks like one customer twice", () => {
  const duplicates = async (id: string) =>
    (await call<{ duplicates: Duplicate[] }>(agent, "GET", `/customers/${id}/duplicates`)).body.duplicates.map(
      ({ customerId, because }) => [customerId, because],
    );

  test("is suggested on the file: the same name and number, or the same credit code", async () => {
    const one = await open("A11", half("褚重复", "13800000091"));
    const two = await open("A12", half("褚重复", "13800000091"));
    const other = await open("A12", half("别人", "13800000091"));
    assert.deepEqual(await duplicates(one), [[two, ["PHONE_AND_NAME", "NAME_AND_ADDRESS"]]]);
    assert.deepEqual(await duplicates(other), []);
    const facts = { kind: "ENTERPRISE", creditCode: "91350100M000100Y43" };
    const works = await open("A11", half("红星机械有限公司", "0731-88880001"));
    const shop = await open("A11", half("红星机械", "0731-88880002"));
    for (const id of [works, shop]) await call(agent, "PUT", `/customers/${id}/facts`, { version: 1, facts });
    assert.deepEqual(await duplicates(works), [[shop, ["CREDIT_CODE"]]]);
  });

  test("is listed for who manages customers, page by page, within reach", async () => {
    for (let number = 0; number < 25; number++)
      for (const code of ["A11", "A12"]) await open(code, half("卫清单", `138000010${String(number).padStart(2, "0")}`));
    type Page = { groups: { customers: Duplicate[] }[]; next: string | null };
    const names: string[] = [];
    let after: string | null = null;
    do {
      const page: Page = (await call<Page>(manager, "GET", `/customer-duplicates${after ? `?after=${after}` : ""}`)).body;
      names.push(...page.groups.map(({ customers }) => `${customers.length} ${customers[0]?.name}`));
      after = page.next;
    } while (after !== null);
    assert.equal(names.filter((name) => name === "2 卫**").length, 25);
    const own = await call<Page>(stationManager, "GET", "/customer-duplicates");
    assert.ok(!own.text.includes("卫"), "at the station only one file of each pair is within reach");
    assert.equal((await call(manager, "GET", "/customer-duplicates?after=x")).code, "customer.cursor-invalid");
  });
});

test("an audit finds ids that lead nowhere, leftovers, merges nobody recorded, and what an erasure left", async () => {
  const [one, two, three] = [await open("A11"), await open("A11"), await open("A11")];
  await db.run(sql`update customer set merged_into = ${two} where customer_id = ${one}`);
  await db.run(sql`update customer set merged_into = ${three}, erased_at = now() where customer_id = ${two}`);
  assert.deepEqual(await customerFaults(db), [
    `customer ${one} was merged into ${two}, which was merged itself`,
    ...[one, two].map((id) => `customer ${id} was merged and still holds accounts, contacts, needs or a manager`),
    ...[one, two].map((id) => `customer ${id} leads to another file, and no merge says why`),
    `customer ${one} was merged into a file that was erased, and was not erased with it`,
  ]);
});

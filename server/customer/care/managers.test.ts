import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { AccountRow, CustomerFile, CustomerManager } from "@bihuan/contract/customer.ts";
import { signedIn } from "../../identity/testing/people.ts";
import { sql } from "../../platform/sql.ts";
import { customerDesk } from "../testing/desk.ts";

const desk = await customerDesk();
const { platform, db, call, people, open, unit, logged, time } = desk;
const { agent, handler, manager, stationManager, cityB } = people;
const file = async (id: string) => (await call<CustomerFile>(agent, "GET", `/customers/${id}`)).body;
const name = async (id: string, staffId: number | null, version: number, caller = manager) =>
  call<{ version: number }>(caller, "PUT", `/customers/${id}/manager`, { staffId, version });
const handOver = async (from: object, toStaffId: number | null, caller = manager) =>
  call<{ customers: number }>(caller, "POST", "/customer-managers/hand-over", { from, toStaffId });
const leave = (staffId: number) => db.run(sql`update staff set active = false where staff_id = ${staffId}`);

describe("a customer's manager", () => {
  test("is named, replaced, taken off; who answered when stays on the file", async () => {
    const id = await open("A11");
    assert.equal((await file(id)).manager, null);
    assert.equal((await name(id, handler.id, 1)).body.version, 2);
    time.advanceMs(60_000);
    await name(id, stationManager.id, 2);
    time.advanceMs(60_000);
    await name(id, null, 3);
    const { manager: present, managers, version } = await file(id);
    assert.deepEqual([present, version], [null, 4]);
    assert.deepEqual(
      managers.map((one) => [one.name, one.since.slice(11, 16), one.until?.slice(11, 16), one.givenBy]),
      [
        ["所长", "01:01", "01:02", "主管一"],
        ["周敏", "01:00", "01:01", "主管一"],
      ],
    );
    assert.deepEqual(
      (await logged(id)).filter(({ field }) => field === "manager").map(({ facts }) => facts),
      [{ manager: handler.id }, { manager: stationManager.id }, { manager: null }],
    );
  });

  test("must be at work and able to read customers; a stale version names nobody", async () => {
    const id = await open("A11");
    const gone = await signedIn(platform, [["HANDLER", unit("A11")]]);
    await leave(gone.id);
    const administrator = await signedIn(platform, [["SYSTEM_ADMIN", unit("P")]]);
    assert.equal((await name(id, gone.id, 1)).code, "customer.staff-unknown");
    assert.equal((await name(id, administrator.id, 1)).code, "customer.staff-unknown");
    assert.equal((await name(id, handler.id, 9)).code, "customer.version-stale");
    assert.equal((await name(id, handler.id, 1, agent)).code, "permission.missing");
    assert.equal((await name(id, handler.id, 1, cityB)).code, "request.not-found");
  });

  test("is chosen from those who could be it", async () => {
    const choices = async (text: string) =>
      (await call<{ staff: { name: string }[] }>(manager, "POST", "/customer-managers/choices", { text })).body.staff.map(
        (one) => one.name,
      );
    assert.deepEqual(await choices("周敏"), ["周敏"]);
    assert.deepEqual(await choices("外地"), [], "people of another city are not offered");
  });
});

describe("handing customers over", () => {
  test("moves all that a person who leaves answers for, within reach, at once; others stay", async () => {
    const leaver = await signedIn(platform, [["HANDLER", unit("A")]], { account: "leaver", name: "郑离岗" });
    const [one, two, beyond, other] = [await open("A11"), await open("A12"), await open("B1"), await open("A11")];
    for (const id of [one, two]) await name(id, leaver.id, 1);
    await name(beyond, leaver.id, 1, cityB);
    await name(other, handler.id, 1);
    await leave(leaver.id);
    assert.equal((await handOver({ by: "manager", staffId: leaver.id }, handler.id)).body.customers, 2);
    assert.equal(
      (await handOver({ by: "manager", staffId: leaver.id }, handler.id)).body.customers,
      0,
      "a second time there is nothing left",
    );
    for (const id of [one, two, other]) assert.equal((await file(id)).manager?.staffId, handler.id);
    assert.deepEqual((await file(beyond)).manager?.active, false, "the manager of another city sees that he has left");
    assert.equal((await file(one)).managers.length, 2);
    assert.equal((await handOver({ by: "manager", staffId: handler.id }, 999_999)).code, "customer.staff-unknown");
  });

  test("names the manager of a whole transformer area, and of what nobody answers for", async () => {
    await call(manager, "PUT", "/transformer-areas/101/TQ1", { name: "一号台区", unitId: unit("A12"), version: 0 });
    const id = await open("A12");
    await db.run(sql`update customer_account set transformer_area_code = 'TQ1' where customer_id = ${id}`);
    assert.equal((await handOver({ by: "transformer-area", regionId: 101, code: "TQ1" }, stationManager.id)).body.customers, 1);
    assert.equal((await file(id)).manager?.name, "所长");
    const free = await open("A2");
    const found = async () =>
      (await call<{ rows: AccountRow[] }>(manager, "POST", "/customers/search", { filter: { managerId: 0, unitId: unit("A2") } }))
        .body.rows;
    assert.deepEqual(
      (await found()).map(({ customerId }) => customerId),
      [free],
    );
    assert.equal((await handOver({ by: "unassigned", unitId: unit("A2") }, handler.id)).body.customers, 1);
    assert.deepEqual(await found(), []);
  });

  test("is told: each manager's customers, and how many have none", async () => {
    type List = { managers: (CustomerManager & { customers: number })[]; unassigned: number };
    const { body } = await call<List>(manager, "GET", "/customer-managers");
    const counts = new Map(body.managers.map((one) => [one.name, one.customers]));
    const counted = await db.rows<{ name: string; n: number }>(sql`
      select s.name, count(*)::int n from customer_manager m join staff s using (staff_id) where m.until is null and m.region_id = 101 group by 1`);
    assert.deepEqual(counts, new Map(counted.map(({ name: one, n }) => [one, n])));
    assert.ok(body.unassigned > 0);
  });
});

describe("service cards", () => {
  const print = (caller: typeof manager, id: string, body: object = {}) =>
    call(caller, "POST", `/customers/${id}/service-card`, body);
  const tokenOf = async (id: string) =>
    (await db.one<{ token: string }>(sql`select card_token token from customer where customer_id = ${id}`)).token;

  test("lead whoever may read the file there, nobody else; a renewed card ends the one before", async () => {
    const id = await open("A11");
    const card = await print(handler, id);
    assert.equal(card.bytes.subarray(0, 5).toString(), "%PDF-");
    const first = await tokenOf(id);
    await print(handler, id);
    assert.equal(await tokenOf(id), first, "printing again keeps the code");
    const opened = (caller: typeof manager, token: string) =>
      call<{ customerId: string }>(caller, "GET", `/service-cards/${token}`);
    assert.equal((await opened(handler, first)).body.customerId, id);
    assert.equal((await opened(cityB, first)).code, "request.not-found");
    await print(handler, id, { renew: true });
    assert.equal((await opened(handler, first)).code, "request.not-found");
    assert.equal((await opened(handler, await tokenOf(id))).body.customerId, id);
    assert.deepEqual(
      (await logged(id)).filter(({ action }) => action === "EXPORTED").map(({ facts }) => facts),
      [false, false, true].map((renewed) => ({ sheet: "service-card", renewed })),
    );
  });

  test("say whom to call: the manager's number, and the unit's or that of the unit above it", async () => {
    const { extractText, getDocumentProxy } = await import("unpdf");
    const id = await open("A111");
    await name(id, handler.id, 1);
    const phone = (holder: string, holderId: number, number: string | null, caller = manager) =>
      call(caller, "PUT", `/service-phones/${holder}/${holderId}`, { phone: number });
    assert.equal((await phone("staff", handler.id, "137 0013 7000")).status, 200);
    assert.equal((await phone("unit", unit("A1"), "0731-88886666")).status, 200);
    assert.equal((await phone("unit", unit("B1"), "0731-88886666")).code, "permission.missing");
    assert.equal((await phone("unit", 999_999, "0731-88886666")).code, "customer.unit-unknown");
    assert.equal((await phone("staff", 999_999, "0731-88886666")).code, "customer.staff-unknown");
    const { bytes } = await print(handler, id);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    const words = text.replace(/\s+/g, "");
    for (const part of ["周敏", "13700137000", "073188886666", "95598", "王**"])
      assert.ok(words.includes(part), `${part} in ${words}`);
    await phone("unit", unit("A1"), null);
    assert.deepEqual((await call<{ unitPhones: unknown[] }>(manager, "GET", "/customer-managers")).body.unitPhones, []);
  });

  test("of a transformer area come together, a page each, up to five hundred", async () => {
    const { getDocumentProxy } = await import("unpdf");
    await call(manager, "PUT", "/transformer-areas/101/TQ2", { name: "二号台区", unitId: unit("A11"), version: 0 });
    const ids = [await open("A11"), await open("A11"), await open("A11")];
    await db.run(sql`update customer_account set transformer_area_code = 'TQ2' where customer_id = any(${ids}::bigint[])`);
    const printed = await call(handler, "POST", "/transformer-areas/101/TQ2/service-cards");
    assert.equal((await getDocumentProxy(new Uint8Array(printed.bytes))).numPages, 3);
    assert.equal(new Set(await Promise.all(ids.map(tokenOf))).size, 3);
    assert.equal((await call(handler, "POST", "/transformer-areas/101/TQ9/service-cards")).code, "request.not-found");
    await db.run(sql`
      with made as (
        insert into customer (region_id, customer_id, name, importance, created_at, changed_at)
        select 101, 1019000000000 + n, '甲', 'ORDINARY', now(), now() from generate_series(1, 500) n returning customer_id)
      insert into customer_account (region_id, account_no, customer_id, unit_id, category, area_class, transformer_area_code)
      select 101, 'Z' || customer_id, customer_id, ${unit("A11")}, 'RESIDENT', 'URBAN', 'TQ2' from made`);
    assert.equal((await call(handler, "POST", "/transformer-areas/101/TQ2/service-cards")).code, "customer.too-many-cards");
  });
});

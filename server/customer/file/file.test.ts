import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CustomerNote, CustomerVisit } from "@bihuan/contract/customer-file.ts";
import type { AccountRow, CustomerFile, UnmaskedCustomer } from "@bihuan/contract/customer.ts";
import { sql } from "../../platform/sql.ts";
import { eraseCustomer } from "../editing/erase.ts";
import { customerDesk, ORDER } from "../testing/desk.ts";
import { namedEvidence } from "./evidence.ts";

const desk = await customerDesk();
const { call, send, people, open, logged, db, time } = desk;
const { agent, handler, manager, stationManager, cityB, analyst } = people;
const file = async (id: string) => (await call<CustomerFile>(agent, "GET", `/customers/${id}`)).body;

describe("facts", () => {
  const factory = {
    kind: "ENTERPRISE",
    creditCode: "91350100M000100Y43",
    legalRepresentative: "王小明",
    industry: "C",
    emergencyPhone: "138 0013 8000",
  };

  test("are entered, shown masked, told in full with a reason, and named in the log without what they say", async () => {
    const id = await open("A11");
    const saved = await call<{ version: number }>(agent, "PUT", `/customers/${id}/facts`, { version: 1, facts: factory });
    assert.equal(saved.body.version, 2, saved.text);
    const { facts } = await file(id);
    assert.ok(facts?.kind === "ENTERPRISE");
    assert.deepEqual([facts.legalRepresentative, facts.emergencyPhone, facts.industry], ["王**", "138****8000", "C"]);
    const told = await call<UnmaskedCustomer>(handler, "POST", `/customers/${id}/unmask`, { reason: "停电前联系企业" });
    assert.deepEqual(told.body.facts, { legalRepresentative: "王小明", emergencyPhone: "13800138000" });
    const log = await logged(id);
    const change = log.find(({ action }) => action === "CUSTOMER_CHANGED");
    assert.match(change?.field ?? "", /^facts kind creditCode legalRepresentative industry emergencyPhone$/);
    assert.ok(!JSON.stringify(log).includes("王小明"));
    assert.ok(log.some(({ action, field }) => action === "PERSONAL_DATA_UNMASKED" && field === "facts"));
  });

  test("that are masked and left out stay; a stale version, a mask, and a false code change nothing", async () => {
    const id = await open("A11");
    await call(agent, "PUT", `/customers/${id}/facts`, { version: 1, facts: factory });
    const put = (version: number, facts: object) => call(agent, "PUT", `/customers/${id}/facts`, { version, facts });
    assert.equal((await put(1, factory)).code, "customer.version-stale");
    assert.equal((await put(2, { kind: "ENTERPRISE", legalRepresentative: "王**" })).code, "request.invalid");
    assert.equal((await put(2, { ...factory, creditCode: "91350100M000100Y44" })).code, "request.invalid");
    assert.equal((await put(2, { kind: "ENTERPRISE", industry: "P" })).status, 200);
    const told = await call<UnmaskedCustomer>(agent, "POST", `/customers/${id}/unmask`, { reason: "核对登记内容" });
    assert.equal(told.body.facts["legalRepresentative"], "王小明");
  });
});

const need = (more: object = {}) => ({
  specialNeeds: [{ kind: "ELDERLY", note: null, validFrom: null, validTo: null, ...more }],
});
const proof = Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");

describe("evidence of a need", () => {
  const add = (id: string, query = "", content: Buffer = proof, caller = agent) =>
    send<{ fileNo: number }>(caller, `/customers/${id}/special-needs/ELDERLY/evidence${query}`, "证明.pdf", content);

  test("is kept with its last day, given out with a record, and removed", async () => {
    const id = await open("A11", need());
    assert.equal((await file(id)).specialNeeds[0]?.evidenceState, "MISSING");
    assert.equal((await add(id, "?validTo=2026-12-31")).body.fileNo, 1);
    const [shown] = (await file(id)).specialNeeds;
    assert.equal(shown?.evidenceState, "IN_ORDER");
    assert.deepEqual(
      shown?.evidence.map(({ name, validTo, addedBy }) => [name, validTo, addedBy]),
      [["证明.pdf", "2026-12-31", "坐席一"]],
    );
    const taken = await call(handler, "GET", `/customers/${id}/evidence/1`);
    assert.ok(taken.bytes.equals(proof));
    assert.equal((await call(analyst, "GET", `/customers/${id}/evidence/1`)).code, "permission.missing");
    assert.ok((await logged(id)).some(({ action, field }) => action === "ATTACHMENT_DOWNLOADED" && field === "evidence 1"));
    assert.equal((await call(agent, "DELETE", `/customers/${id}/evidence/1`)).status, 200);
    assert.equal((await call(agent, "DELETE", `/customers/${id}/evidence/1`)).code, "request.not-found");
    assert.equal((await call(handler, "GET", `/customers/${id}/evidence/1`)).code, "request.not-found");
  });

  test("sent again is the same piece with another last day; it goes with its need", async () => {
    const id = await open("A11", need());
    await add(id, "?validTo=2026-06-30");
    assert.equal((await add(id, "?validTo=2026-09-30")).body.fileNo, 1);
    assert.deepEqual(
      (await file(id)).specialNeeds[0]?.evidence.map(({ validTo }) => validTo),
      ["2026-09-30"],
    );
    const { sha256 } = await db.one<{ sha256: string }>(sql`select sha256 from special_need_evidence where customer_id = ${id}`);
    assert.deepEqual(await namedEvidence(db, [sha256, "0".repeat(64)]), new Set([sha256]));
    const { version, accounts, contacts, importance } = await file(id);
    const change = {
      version,
      customerNo: null,
      importance,
      accounts: accounts.map(({ unit, transformerArea: _, address: _address, ...rest }) => ({
        ...rest,
        unitId: unit.unitId,
        transformerAreaCode: null,
      })),
      contacts: contacts.map(({ contactId, relation }) => ({ contactId, relation })),
      specialNeeds: [],
    };
    assert.equal((await call(agent, "PUT", `/customers/${id}`, change)).status, 200);
    assert.equal(await db.maybe(sql`select 1 from special_need_evidence where customer_id = ${id}`), null);
  });

  test("is refused for a need that is not there, beyond twenty pieces, and as a file nobody may keep", async () => {
    const id = await open("A11", need());
    const other = await send(agent, `/customers/${id}/special-needs/DISABLED/evidence`, "a.pdf", proof);
    assert.equal(other.code, "customer.need-unknown");
    assert.equal(
      (await send(agent, `/customers/${id}/special-needs/ELDERLY/evidence`, "a.exe", "MZ\u0000")).code,
      "file.type-refused",
    );
    assert.equal((await send(agent, `/customers/${id}/special-needs/ELDERLY/evidence`, "a.pdf", "")).code, "file.empty");
    for (let piece = 0; piece < 20; piece++) await add(id, "", Buffer.concat([proof, Buffer.from(`%${piece}\n`)]));
    assert.equal((await add(id)).code, "customer.too-many-files");
  });

  test("that is missing, has run out or soon will is found by the list's filter", async () => {
    const name = "证明筛选";
    const [missing, expired, expiring, inOrder, over] = [
      await open("A11", { name, ...need() }),
      await open("A11", { name, ...need() }),
      await open("A11", { name, ...need() }),
      await open("A11", { name, ...need() }),
      await open("A11", { name, ...need({ validTo: "2026-01-31" }) }),
    ];
    await add(expired, "?validTo=2026-03-01");
    await add(expiring, "?validTo=2026-04-01");
    await add(inOrder, "?validTo=2026-04-02");
    const found = async (evidence: string) =>
      (
        await call<{ rows: AccountRow[] }>(agent, "POST", "/customers/search", { text: name, filter: { evidence } })
      ).body.rows.map(({ customerId }) => customerId);
    assert.deepEqual(await found("MISSING"), [missing]);
    assert.deepEqual(await found("EXPIRED"), [expired]);
    assert.deepEqual(await found("EXPIRING"), [expiring]);
    const states = await Promise.all(
      [missing, expired, expiring, inOrder].map(async (id) => (await file(id)).specialNeeds[0]?.evidenceState),
    );
    assert.deepEqual(states, ["MISSING", "EXPIRED", "EXPIRING", "IN_ORDER"], "the page says the same as the filter");
    assert.ok(over);
  });
});

describe("notes", () => {
  const notes = async (id: string, query = "") =>
    (await call<{ notes: CustomerNote[]; next: string | null }>(handler, "GET", `/customers/${id}/notes${query}`)).body;

  test("have an author, hide numbers, and are sent once however often the request comes", async () => {
    const id = await open("A11");
    const body = { body: "夜间请打 13912345678\n狗凶" };
    const first = await call<{ noteNo: number }>(handler, "POST", `/customers/${id}/notes`, body, "note-1");
    assert.deepEqual(
      (await call<{ noteNo: number }>(handler, "POST", `/customers/${id}/notes`, body, "note-1")).body,
      first.body,
    );
    assert.equal(
      (await call(handler, "POST", `/customers/${id}/notes`, { body: "另一条" }, "note-1")).code,
      "request.idempotency-key-reused",
    );
    const { notes: found } = await notes(id);
    assert.deepEqual(
      found.map(({ body: text, author, mayRetract }) => [text, author, mayRetract]),
      [["夜间请打 139****5678\n狗凶", "周敏", true]],
    );
    assert.equal((await file(id)).version, 1, "a note is no change of the file");
  });

  test("are retracted by their author alone, once, with a reason that stays", async () => {
    const id = await open("A11");
    await call(handler, "POST", `/customers/${id}/notes`, { body: "写错了户" });
    const retract = (caller = handler, reason = "写错客户") =>
      call(caller, "POST", `/customers/${id}/notes/1/retract`, { reason });
    assert.equal((await retract(agent)).code, "customer.note-of-another");
    assert.equal((await retract()).status, 200);
    assert.equal((await retract()).code, "customer.note-retracted");
    const [note] = (await notes(id)).notes;
    assert.deepEqual([note?.body, note?.retractReason, note?.mayRetract], [null, "写错客户", false]);
    assert.equal((await call(handler, "POST", `/customers/${id}/notes/9/retract`, { reason: "没有" })).code, "request.not-found");
  });

  test("come page by page, newest first, without gap or repetition", async () => {
    const id = await open("A11");
    for (let number = 1; number <= 5; number++) await call(handler, "POST", `/customers/${id}/notes`, { body: `第${number}条` });
    const paged: (string | null)[] = [];
    let after: string | null = null;
    do {
      const page: { notes: CustomerNote[]; next: string | null } = await notes(id, `?limit=2${after ? `&after=${after}` : ""}`);
      paged.push(...page.notes.map(({ body }) => body));
      after = page.next;
    } while (after !== null);
    assert.deepEqual(paged, ["第5条", "第4条", "第3条", "第2条", "第1条"]);
    assert.equal((await call(handler, "GET", `/customers/${id}/notes?after=x`)).code, "customer.cursor-invalid");
  });

  test("are written by who records, within reach", async () => {
    const id = await open("A2");
    const write = async (caller: typeof handler) => (await call(caller, "POST", `/customers/${id}/notes`, { body: "x" })).code;
    assert.equal(await write(handler), "request.not-found");
    assert.equal(await write(cityB), "request.not-found");
    assert.equal(await write(analyst), "permission.missing");
    assert.equal(await write(manager), null);
  });
});

describe("visits", () => {
  const visits = async (id: string) =>
    (await call<{ visits: CustomerVisit[] }>(handler, "GET", `/customers/${id}/visits`)).body.visits;
  const enter = (id: string, body: object, caller = handler, key?: string) =>
    call<{ visitNo: number; version: number }>(caller, "POST", `/customers/${id}/visits`, body, key);
  const planned = { state: "PLANNED", occasion: "SPECIAL_CARE", plannedOn: "2026-03-10" };
  const made = { state: "DONE", visitedAt: "2026-03-01T02:00:00Z", said: "客户反映电压偏低，联系 13912345678" };

  test("are planned, moved, made, and stay as they were made", async () => {
    const id = await open("A11");
    const first = await enter(id, planned, handler, "visit-1");
    assert.deepEqual((await enter(id, planned, handler, "visit-1")).body, first.body, "sent twice, planned once");
    const change = (body: object, caller = handler) =>
      call<{ version: number }>(caller, "PUT", `/customers/${id}/visits/1`, body);
    assert.equal((await change({ state: "PLANNED", plannedOn: "2026-03-01", version: 1 })).body.version, 2);
    assert.equal((await change({ ...made, version: 1 })).code, "customer.version-stale");
    const done = { ...made, satisfaction: "SATISFIED", orderId: ORDER, place: "长沙市岳麓区滨河路12号3栋", version: 2 };
    assert.equal((await change(done)).body.version, 3);
    const [visit] = await visits(id);
    assert.deepEqual(
      { ...visit, customerId: null },
      {
        customerId: null,
        visitNo: 1,
        state: "DONE",
        occasion: "SPECIAL_CARE",
        visitor: { staffId: handler.id, name: "周敏" },
        plannedOn: "2026-03-01",
        visitedAt: "2026-03-01T02:00:00.000Z",
        place: "长沙市岳麓区滨河路***",
        said: "客户反映电压偏低，联系 139****5678",
        satisfaction: "SATISFIED",
        orderId: ORDER,
        reason: null,
        version: 3,
        mayChange: false,
      },
    );
    assert.equal((await change({ state: "CANCELLED", reason: "不去了", version: 3 })).code, "customer.visit-over");
  });

  test("are cancelled with a reason", async () => {
    const id = await open("A11");
    await enter(id, planned);
    await call(handler, "PUT", `/customers/${id}/visits/1`, { state: "CANCELLED", reason: "客户外出", version: 1 });
    const [visit] = await visits(id);
    assert.deepEqual([visit?.state, visit?.reason], ["CANCELLED", "客户外出"]);
  });

  test("cannot have been made tomorrow, by nobody, or lead to somebody else's order", async () => {
    const id = await open("A11");
    const code = async (body: object) => (await enter(id, { occasion: "REGULAR", ...body })).code;
    assert.equal(await code({ ...made, visitedAt: "2026-03-03T02:00:00Z" }), "customer.visit-ahead");
    assert.equal(await code({ ...made, visitorId: 999_999 }), "customer.staff-unknown");
    assert.equal(await code({ ...made, orderId: "1012026030200000009" }), "customer.order-unknown");
    assert.equal(await code({ ...made, said: " " }), "request.invalid");
    assert.deepEqual(await visits(id), []);
  });

  test("of a key need somebody who goes", async () => {
    const id = await open("A11");
    const { withApiKey } = await import("../../identity/testing/people.ts");
    const key = await withApiKey(desk.platform, [["AGENT", desk.unit("A")]]);
    assert.equal((await enter(id, planned, key)).code, "customer.person-needed");
    assert.equal((await enter(id, { ...planned, visitorId: handler.id }, key)).status, 200);
  });
});

test("what was noted, said, proved and known goes with the customer's data, and nothing can be added afterwards", async () => {
  const id = await open("A11", need());
  await call(agent, "PUT", `/customers/${id}/facts`, { version: 1, facts: { kind: "FAMILY", members: 3 } });
  await send(agent, `/customers/${id}/special-needs/ELDERLY/evidence`, "a.pdf", proof);
  await call(handler, "POST", `/customers/${id}/notes`, { body: "王小明家" });
  await call(handler, "POST", `/customers/${id}/visits`, {
    state: "DONE",
    occasion: "REGULAR",
    visitedAt: "2026-03-01T02:00:00Z",
    said: "王小明说好",
  });
  await db.transaction((tx) => eraseCustomer(tx, id, time.nowMs()));
  const left = await db.rows(sql`
    select (select facts from customer where customer_id = ${id}) facts,
      (select count(*)::int from special_need_evidence where customer_id = ${id}) evidence,
      (select body from customer_note where customer_id = ${id}) note,
      (select said from customer_visit where customer_id = ${id}) said`);
  assert.deepEqual(left, [{ facts: null, evidence: 0, note: null, said: null }]);
  const code = async (method: "POST" | "PUT", path: string, body: object) =>
    (await call(agent, method, `/customers/${id}${path}`, body)).code;
  assert.equal(await code("POST", "/notes", { body: "x" }), "customer.erased");
  assert.equal(await code("PUT", "/facts", { version: 99, facts: null }), "customer.erased");
  assert.equal(await code("POST", "/notes/1/retract", { reason: "x" }), "customer.erased");
  assert.equal(
    (await call(stationManager, "PUT", `/customers/${id}/visits/1`, { state: "CANCELLED", reason: "x", version: 1 })).code,
    "customer.erased",
  );
});

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { customerOperations, type AccountRow, type CustomerFile, type TransformerArea } from "@bihuan/contract/customer.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { authenticator } from "../identity/authenticator.ts";
import { type Caller, signedIn, testUnits } from "../identity/testing/people.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform, testServer } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { slice } from "../routes.ts";
import { currentTree } from "../identity/organisation/tree.ts";
import { customersForIntake } from "./intake.ts";
import { customerRoutes } from "./routes.ts";
import { csv, importer } from "./testing/file.ts";

const platform = testPlatform(await testDatabase(), manualTime("2026-03-02T01:00:00Z"));
const { db } = platform;
const units = await testUnits(platform);
const unit = (code: string) => units[code] as number;
const load = await importer(platform);
const server = await testServer({
  platform,
  slices: [slice(customerOperations, customerRoutes)],
  access: authenticator(platform),
});
after(() => server.close());

const agent = await signedIn(platform, [["AGENT", unit("P")]], { account: "agent" });
const stationAgent = await signedIn(platform, [["AGENT", unit("A11")]]);
const cityB = await signedIn(platform, [["MANAGER", unit("B")]]);
const manager = await signedIn(platform, [["MANAGER", unit("A")]], { account: "manager" });
const analyst = await signedIn(platform, [["ANALYST", unit("A")]]);
const handler = await signedIn(platform, [["HANDLER", unit("A11")]]);
const administrator = await signedIn(platform, [["SYSTEM_ADMIN", unit("P")]]);

type Answer<Body> = { status: number; code: string | null; body: Body; text: string };
async function call<Body = { code: string }>(
  caller: Caller,
  method: "GET" | "POST" | "PUT",
  url: string,
  payload?: object,
  key?: string,
): Promise<Answer<Body>> {
  const response = await server.app.inject({
    method,
    url: `/api${url}`,
    headers: { ...caller.headers, ...(key && { "idempotency-key": key }) },
    ...(payload && { payload }),
  });
  const json = response.headers["content-type"]?.toString().includes("json") ? response.json<Body & { code?: string }>() : null;
  return { status: response.statusCode, code: json?.code ?? null, body: json as Body, text: response.body };
}
type Page = { rows: AccountRow[]; next: string | null; tooMany: boolean };
const search = async (caller: Caller, text: string, more: object = {}) =>
  (await call<Page>(caller, "POST", "/customers/search", { text, ...more })).body;
const numbers = async (caller: Caller, text: string, more: object = {}) =>
  (await search(caller, text, more)).rows.map((row) => row.accountNo);

const headings = [
  "户号",
  "户名",
  "用电类别",
  "电压等级",
  "区域类别",
  "台区编号",
  "联系人",
  "联系电话",
  "用电地址",
  "特殊需求",
  "单位编码",
];
await load(
  csv(
    headings,
    [
      "4301020000017",
      "王小明",
      "居民",
      "交流220V",
      "城区",
      "T0001",
      "李四 13900139001 家属",
      "13800138000",
      "长沙市岳麓区滨河路12号3栋501室",
      "",
      "A11",
    ],
    [
      "4301020000024",
      "王芳",
      "居民",
      "交流220V",
      "农村",
      "T0001",
      "",
      "13800138024",
      "长沙市望城区南庄村3组",
      "生命支持设备",
      "A11",
    ],
    ["4301020000031", "单雄信", "居民", "交流220V", "城区", "", "", "", "长沙市岳麓区解放路7号", "", "A12"],
    [
      "4301020000048",
      "红星机械厂",
      "高压单电源",
      "交流10kV",
      "城区",
      "",
      "赵工 0731-88886666转8 电气联系人",
      "",
      "长沙市岳麓区工业大道1号",
      "",
      "A2",
    ],
    ["4302020000017", "王小明", "居民", "交流220V", "城区", "", "", "13700137000", "株洲市天元区滨河路12号", "", "B1"],
  ),
);
const customerId = async (accountNo: string): Promise<string> =>
  (await db.one<{ id: string }>(sql`select customer_id::text id from customer_account where account_no = ${accountNo}`)).id;
const wang = await customerId("4301020000017");

describe("finding customers", () => {
  const cases: [string, string[], string][] = [
    ["4301020000017", ["4301020000017"], "an account number"],
    ["13800138000", ["4301020000017"], "a telephone number"],
    ["138-0013-8000", ["4301020000017"], "a telephone number with hyphens"],
    ["88886666", ["4301020000048"], "a landline without its area code"],
    ["9001", ["4301020000017"], "the end of another contact's number"],
    ["430102000003", ["4301020000031"], "the beginning of an account number"],
    ["王", ["4301020000017", "4301020000024", "4302020000017"], "one character"],
    ["小明", ["4301020000017", "4302020000017"], "two characters"],
    ["王小明 岳麓", ["4301020000017"], "a name and a district"],
    ["滨河路12号", ["4301020000017", "4302020000017"], "an address"],
    ["滨河路12号3栋", ["4301020000017"], "more of an address"],
    ["wxm", ["4301020000017", "4302020000017"], "pinyin initials"],
    ["sxx", ["4301020000031"], "initials of a surname with a reading of its own"],
    ["机械", ["4301020000048"], "a piece of a company's name"],
    ["赵工", ["4301020000048"], "a contact's name"],
    ["没有这个人", [], "nobody"],
    ["%", [], "a wildcard"],
    ["' or 1=1 --", [], "an attempt"],
  ];
  for (const [text, expected, what] of cases)
    test(`${what}: ${text}`, async () => assert.deepEqual((await numbers(agent, text)).toSorted(), expected.toSorted()));

  test("what fits as a whole comes first, then what begins so", async () => {
    await load(csv(headings, ["4301029999999", "李王小明阁", "低压非居民", "", "城区", "", "", "", "王小明路1号", "", "A12"]));
    assert.deepEqual(await numbers(agent, "王小明"), ["4301020000017", "4302020000017", "4301029999999"]);
  });

  test("everybody finds what their units answer for, and nothing else", async () => {
    assert.deepEqual(await numbers(stationAgent, "王"), ["4301020000017", "4301020000024"]);
    assert.deepEqual(await numbers(stationAgent, "解放路"), []);
    assert.deepEqual(await numbers(cityB, "王小明"), ["4302020000017"]);
    assert.deepEqual(await numbers(agent, "王小明", { filter: { unitId: unit("B") } }), ["4302020000017"]);
    assert.deepEqual(await numbers(cityB, "王小明", { filter: { unitId: unit("A") } }), []);
    assert.equal((await call(administrator, "POST", "/customers/search", { text: "王" })).code, "permission.missing");
  });

  test("a row is masked: a resident's name, the number, the address; a company's name is public", async () => {
    const { rows } = await search(agent, "13800138000");
    assert.deepEqual(rows[0], {
      customerId: wang,
      accountNo: "4301020000017",
      customerName: "王**",
      importance: "ORDINARY",
      category: "RESIDENT",
      voltage: "V220",
      areaClass: "URBAN",
      transformerArea: { code: "T0001", name: "T0001" },
      unit: { unitId: unit("A11"), name: "A11" },
      address: "长沙市岳麓区滨河路***",
      phone: "138****8000",
      specialNeeds: [],
    });
    const [company] = (await search(agent, "红星")).rows;
    assert.equal(company?.customerName, "红星机械厂");
    assert.deepEqual((await search(agent, "王芳")).rows[0]?.specialNeeds, ["LIFE_SUPPORT"]);
  });

  test("the contact whose number was searched for is the one shown", async () =>
    assert.equal((await search(agent, "13900139001")).rows[0]?.phone, "139****9001"));

  test("pages follow one another without gap or repetition, with a text and without", async () => {
    for (const text of ["王", ""]) {
      const whole = await numbers(agent, text, { limit: 100 });
      const paged: string[] = [];
      let after: string | null = null;
      do {
        const page: Page = await search(agent, text, { limit: 2, after });
        paged.push(...page.rows.map((row) => row.accountNo));
        after = page.next;
      } while (after !== null);
      assert.deepEqual(paged, whole);
      assert.ok(whole.length > 2);
    }
    assert.equal((await call(agent, "POST", "/customers/search", { after: "nonsense" })).code, "customer.cursor-invalid");
  });

  test("filters narrow", async () => {
    assert.deepEqual(await numbers(agent, "", { filter: { category: "HV_SINGLE" } }), ["4301020000048"]);
    assert.deepEqual(await numbers(agent, "王", { filter: { areaClass: "RURAL" } }), ["4301020000024"]);
    assert.deepEqual(await numbers(agent, "", { filter: { specialNeed: "LIFE_SUPPORT" } }), ["4301020000024"]);
    assert.deepEqual(await numbers(agent, "", { filter: { transformerAreaCode: "T0001" } }), ["4301020000017", "4301020000024"]);
  });
});

describe("a customer's file", () => {
  test("shows accounts, contacts and what the caller may do, masked", async () => {
    const { body } = await call<CustomerFile>(handler, "GET", `/customers/${wang}`);
    assert.equal(body.name, "王**");
    assert.deepEqual(body.contacts, [
      { contactId: 1, name: "李*", phone: "139****9001", relation: "FAMILY" },
      { contactId: 2, name: null, phone: "138****8000", relation: "HOLDER" },
    ]);
    assert.deepEqual(body.actions, { edit: false, record: true, manage: false, unmask: true, intake: false });
    assert.equal(body.accounts[0]?.address, "长沙市岳麓区滨河路***");
  });

  test("beyond reach is not found, as if it were not there", async () => {
    for (const url of [`/customers/${wang}`, "/customers/1010000999999", "/customers/9990000000001"])
      assert.deepEqual((({ status, code }) => ({ status, code }))(await call(cityB, "GET", url)), {
        status: 404,
        code: "request.not-found",
      });
    assert.equal((await call(cityB, "GET", "/customers/abc")).code, "request.invalid");
  });

  test("is told in full with a reason, and that is recorded", async () => {
    const told = await call<{ name: string; contacts: { phone: string }[]; accounts: { address: string }[] }>(
      agent,
      "POST",
      `/customers/${wang}/unmask`,
      { reason: "回拨核实停电范围" },
    );
    assert.equal(told.body.name, "王小明");
    assert.equal(told.body.contacts[1]?.phone, "13800138000");
    assert.equal(told.body.accounts[0]?.address, "长沙市岳麓区滨河路12号3栋501室");
    const entries = await db.rows(sql`
      select action, principal_kind, field, reason from access_log where record_kind = 'customer' and record_id = ${wang} order by access_id`);
    assert.deepEqual(
      entries,
      ["name", "address", "contacts"].map((field) => ({
        action: "PERSONAL_DATA_UNMASKED",
        principal_kind: "staff",
        field,
        reason: "回拨核实停电范围",
      })),
    );
  });

  test("stays masked without a reason, without the right, and beyond reach; nothing is recorded", async () => {
    const count = () => db.one(sql`select count(*)::int from access_log`);
    const before = await count();
    const ask = async (caller: Caller, reason: string) =>
      (await call(caller, "POST", `/customers/${wang}/unmask`, { reason })).code;
    assert.equal(await ask(agent, "看"), "identity.reason-required");
    assert.equal(await ask(analyst, "统计分析需要"), "permission.missing");
    assert.equal(await ask(cityB, "回拨核实停电范围"), "request.not-found");
    assert.deepEqual(await count(), before);
  });
});

const account = (accountNo: string, unitId: number | undefined, more: object = {}) => ({
  accountNo,
  category: "RESIDENT",
  voltage: "V220",
  areaClass: "URBAN",
  transformerAreaCode: null,
  ...(unitId === undefined ? {} : { unitId }),
  address: "长沙市建设路5号",
  coordinates: null,
  ...more,
});
const draft = (accountNo: string, unitId: number | undefined, more: object = {}) => ({
  name: "赵新户",
  customerNo: null,
  importance: "ORDINARY",
  accounts: [account(accountNo, unitId)],
  contacts: [{ name: null, phone: "13600136000", relation: "HOLDER" }],
  specialNeeds: [],
  ...more,
});
type Saved = { customerId: string; version: number };
const create = (caller: Caller, body: object, key: string = crypto.randomUUID()) =>
  call<Saved>(caller, "POST", "/customers", body, key);
const fileOf = async (id: string) => (await call<CustomerFile>(agent, "GET", `/customers/${id}`)).body;
// A file as a form sends it back: what is masked is left out.
const formOf = (file: CustomerFile) => ({
  version: file.version,
  customerNo: file.customerNo,
  importance: file.importance,
  accounts: file.accounts.map(({ unit: responsible, transformerArea, address: _address, ...rest }) => ({
    ...rest,
    unitId: responsible.unitId,
    transformerAreaCode: transformerArea?.code ?? null,
  })),
  contacts: file.contacts.map(({ contactId, relation }) => ({ contactId, relation })),
  specialNeeds: file.specialNeeds.map(({ kind, note, validFrom, validTo }) => ({ kind, note, validFrom, validTo })),
});

describe("opening and editing a file", () => {
  test("a new file is found at once, and the same request sent again opens no second one", async () => {
    const body = draft("4301030000001", unit("A12"));
    const first = await create(agent, body, "key-1");
    assert.equal(first.status, 200, first.text);
    assert.deepEqual(await numbers(agent, "赵新户"), ["4301030000001"]);
    assert.deepEqual((await create(agent, body, "key-1")).body, first.body);
    assert.equal((await create(agent, draft("4301030000099", unit("A12")), "key-1")).code, "request.idempotency-key-reused");
  });

  test("ten copies of one request at once open one file", async () => {
    const body = draft("4301030000007", unit("A12"));
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(agent, body, "key-10")));
    assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([200]));
    assert.equal(new Set(answers.map((answer) => answer.body.customerId)).size, 1);
  });

  test("the transformer area decides the unit", async () => {
    const { body } = await create(
      agent,
      draft("x", undefined, { accounts: [account("4301030000011", undefined, { transformerAreaCode: "T0001" })] }),
    );
    assert.equal((await fileOf(body.customerId)).accounts[0]?.unit.unitId, unit("A11"));
  });

  const refusals: [string, object, string][] = [
    ["an account number somebody has", draft("4301020000017", unit("A11")), "customer.account-exists"],
    ["no unit and no transformer area", draft("4301030000020", undefined), "customer.unit-missing"],
    ["an unknown unit", draft("4301030000020", 99_999), "customer.unit-unknown"],
    [
      "an unknown transformer area",
      draft("", 1, { accounts: [account("4301030000020", unit("A11"), { transformerAreaCode: "T9" })] }),
      "customer.transformer-area-unknown",
    ],
    [
      "a transformer area of another unit",
      draft("", 1, { accounts: [account("4301030000020", unit("A12"), { transformerAreaCode: "T0001" })] }),
      "customer.area-of-another-unit",
    ],
    [
      "accounts in two cities",
      draft("", 1, { accounts: [account("4301030000020", unit("A11")), account("4301030000021", unit("B1"))] }),
      "customer.units-in-several-regions",
    ],
    [
      "a masked number",
      draft("4301030000020", unit("A11"), { contacts: [{ name: null, phone: "136****6000", relation: "HOLDER" }] }),
      "request.invalid",
    ],
  ];
  for (const [what, body, code] of refusals)
    test(`${what} is refused and nothing is kept`, async () => {
      const count = () =>
        db.one(sql`select (select count(*) from customer) customers, (select count(*) from customer_account) accounts`);
      const before = await count();
      assert.equal((await create(agent, body)).code, code);
      assert.deepEqual(await count(), before);
    });

  test("a person opens files only where they may edit", async () => {
    assert.equal((await create(stationAgent, draft("4301030000030", unit("A12")))).code, "permission.missing");
    assert.equal((await create(handler, draft("4301030000030", unit("A11")))).code, "permission.missing");
    assert.equal((await create(stationAgent, draft("4301030000030", unit("A11")))).status, 200);
  });

  test("a form that sends back what it was shown changes nothing that was masked", async () => {
    const before = await fileOf(wang);
    const saved = await call<Saved>(agent, "PUT", `/customers/${wang}`, { ...formOf(before), importance: "SECOND" });
    assert.deepEqual(saved.body, { customerId: wang, version: before.version + 1 });
    const scope: Scope = {
      principal: { kind: "staff", id: agent.id, name: "agent" },
      homeUnitId: unit("P"),
      grants: [{ role: "AGENT", unitId: unit("P") }],
    };
    const [taken] = await customersForIntake(db, await currentTree(platform), [{ scope, customerId: wang }]);
    assert.deepEqual([taken?.phone, taken?.account?.address], ["13800138000", "长沙市岳麓区滨河路12号3栋501室"]);
  });

  test("who opened and changed a file is recorded, with the parts that changed and never what they say", async () => {
    const { body } = await create(manager, draft("4301030000050", unit("A12")), "key-log");
    const file = await fileOf(body.customerId);
    const change = {
      ...formOf(file),
      name: "新名字",
      specialNeeds: [{ kind: "ELDERLY", note: "独居", validFrom: null, validTo: null }],
    };
    const changed = await call<Saved>(manager, "PUT", `/customers/${body.customerId}`, change);
    assert.equal(changed.status, 200, changed.text);
    const logged = await db.rows(sql`
      select action, principal_id, field, facts from access_log where record_kind = 'customer' and record_id = ${body.customerId} order by access_id`);
    assert.deepEqual(logged, [
      { action: "CUSTOMER_CREATED", principal_id: manager.id, field: null, facts: {} },
      { action: "CUSTOMER_CHANGED", principal_id: manager.id, field: "name, specialNeeds", facts: { version: 2 } },
    ]);
  });

  test("contacts are added, changed and removed, and the search follows", async () => {
    const file = await fileOf(wang);
    const form = {
      ...formOf(file),
      contacts: [
        { contactId: 2, relation: "HOLDER", phone: "13500135000" },
        { relation: "TENANT", phone: "13400134000", name: "孙租客" },
      ],
    };
    assert.equal((await call(agent, "PUT", `/customers/${wang}`, form)).status, 200);
    assert.deepEqual(
      (await fileOf(wang)).contacts.map(({ contactId, phone }) => [contactId, phone]),
      [
        [2, "135****5000"],
        [3, "134****4000"],
      ],
    );
    assert.deepEqual(await numbers(agent, "13900139001"), []);
    assert.deepEqual(await numbers(agent, "孙租客"), ["4301020000017"]);
  });

  test("two people change one file: one wins, the other is told the version", async () => {
    const form = formOf(await fileOf(wang));
    const answers = await Promise.all([agent, stationAgent].map((caller) => call(caller, "PUT", `/customers/${wang}`, form)));
    assert.deepEqual(
      answers.map((answer) => answer.status).toSorted((a, b) => a - b),
      [200, 409],
    );
    assert.deepEqual(
      answers.map((answer) => answer.code).filter((code) => code),
      ["customer.version-stale"],
    );
  });

  test("accounts of a unit beyond reach stay as they are", async () => {
    const both = await create(
      agent,
      draft("", 1, { name: "连锁超市", accounts: [account("4301030000041", unit("A11")), account("4301030000042", unit("A2"))] }),
    );
    const form = formOf(await fileOf(both.body.customerId));
    const put = async (accounts: object[], version: number) =>
      (await call(stationAgent, "PUT", `/customers/${both.body.customerId}`, { ...form, version, accounts })).code;
    const [mine, theirs] = form.accounts;
    assert.ok(mine && theirs);
    assert.equal(await put([mine], 1), "permission.missing", "removed");
    assert.equal(await put([mine, { ...theirs, areaClass: "RURAL" }], 1), "permission.missing", "changed");
    assert.equal(await put([{ ...mine, unitId: unit("A2") }, theirs], 1), "permission.missing", "given away");
    assert.equal(await put([{ ...mine, areaClass: "RURAL" }, theirs], 1), null, "one's own changed");
  });

  test("a contact that is not on the file, or one number twice, is refused", async () => {
    const form = formOf(await fileOf(wang));
    const put = async (contacts: object[]) => (await call(agent, "PUT", `/customers/${wang}`, { ...form, contacts })).code;
    assert.equal(await put([{ contactId: 77, relation: "HOLDER" }]), "customer.contact-unknown");
    assert.equal(
      await put([
        { contactId: 2, relation: "HOLDER" },
        { relation: "OTHER", phone: "13500135000" },
      ]),
      "customer.contact-twice",
    );
  });

  test("special needs hold within their dates", async () => {
    const need = (validFrom: string | null, validTo: string | null) => ({ kind: "ELDERLY", note: null, validFrom, validTo });
    for (const [from, to, valid] of [
      ["2026-03-02", null, true],
      [null, "2026-03-02", true],
      ["2026-03-03", null, false],
      [null, "2026-03-01", false],
    ] as const) {
      const form = { ...formOf(await fileOf(wang)), specialNeeds: [need(from, to)] };
      assert.equal((await call(agent, "PUT", `/customers/${wang}`, form)).status, 200);
      assert.equal((await fileOf(wang)).specialNeeds[0]?.valid, valid);
    }
  });
});

describe("transformer areas", () => {
  test("are listed within reach and change hands with their accounts", async () => {
    const list = async (caller: Caller, query = "") =>
      (await call<{ rows: TransformerArea[] }>(caller, "GET", `/transformer-areas${query}`)).body.rows;
    const [area] = await list(agent, "?text=t00");
    assert.deepEqual(area, {
      regionId: 101,
      code: "T0001",
      name: "T0001",
      unit: { unitId: unit("A11"), name: "A11" },
      accounts: 3,
      version: 1,
    });
    assert.deepEqual(await list(cityB), []);
    const save = (caller: Caller, code: string, body: object) =>
      call<{ version: number; accountsMoved: number }>(caller, "PUT", `/transformer-areas/101/${code}`, body);
    assert.equal(
      (await save(stationAgent, "T0001", { name: "南庄1号", unitId: unit("A12"), version: 1 })).code,
      "permission.missing",
    );
    assert.equal(
      (await save(manager, "T0001", { name: "南庄1号", unitId: unit("B1"), version: 1 })).code,
      "customer.unit-of-another-region",
    );
    assert.equal(
      (await save(manager, "T0001", { name: "南庄1号", unitId: unit("A12"), version: 7 })).code,
      "customer.version-stale",
    );
    assert.deepEqual((await save(manager, "T0001", { name: "南庄1号", unitId: unit("A12"), version: 1 })).body, {
      version: 2,
      accountsMoved: 3,
    });
    assert.deepEqual((await save(manager, "T%2F0002", { name: "北庄2号", unitId: unit("A12"), version: 0 })).body, {
      version: 1,
      accountsMoved: 0,
    });
    assert.deepEqual(await numbers(stationAgent, "王芳"), []);
    assert.deepEqual(
      (await list(agent)).map(({ code }) => code),
      ["T/0002", "T0001"],
    );
  });
});

describe("exporting", () => {
  const lines = (text: string) => text.replace("\uFEFF", "").trimEnd().split("\r\n");

  test("what leaves is masked, cannot act as a formula, is recorded, and stops at the caller's reach", async () => {
    await load(csv(headings, ["4301020000055", "=HYPERLINK(1)", "低压非居民", "", "城区", "", "", "", "+1+1路3号", "", "A12"]));
    const { text, status } = await call(analyst, "POST", "/customers/export", {});
    assert.equal(status, 200);
    assert.ok(text.startsWith("\uFEFF"));
    const rows = lines(text);
    const row = (accountNo: string) => rows.find((line) => line.startsWith(accountNo)) ?? "";
    assert.match(row("4301020000024"), /^4301020000024,王\*,居民,交流220V,农村,T0001,南庄1号,138\*\*\*\*8024\/户主,/);
    assert.match(row("4301020000055"), /^4301020000055,"'=HYPERLINK\(1\)",低压非居民/);
    assert.ok(!rows.some((line) => /(?:^|,)"?[=+@]/.test(line)));
    assert.equal(row("4302020000017"), "", "another city's account");
    const entry = await db.one<{ action: string }>(
      sql`select action from access_log where record_kind = 'customer' and action = 'EXPORTED'`,
    );
    assert.equal(entry.action, "EXPORTED");
  });

  test("in full only with the right and a reason", async () => {
    const ask = (caller: Caller, unmaskReason: string) => call(caller, "POST", "/customers/export", { unmaskReason });
    assert.equal((await ask(analyst, "季度回访名单")).code, "permission.missing");
    assert.equal((await ask(manager, "看")).code, "identity.reason-required");
    assert.match((await ask(manager, "季度回访名单")).text, /4301020000024,王芳,居民/);
    assert.equal((await call(agent, "POST", "/customers/export", {})).code, "permission.missing");
  });

  test("an export in full, imported again, changes nothing", async () => {
    const { text } = await call(manager, "POST", "/customers/export", { unmaskReason: "数据迁移核对" });
    const again = await load(text.replace(/^4301020000055.*\r\n/m, ""));
    assert.deepEqual([again.refused, again.remarks, again.accountsChanged, again.accountsCreated], [[], [], 0, 0]);
    assert.ok(again.accountsUnchanged > 5);
  });
});

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import type { TableImported } from "@bihuan/contract/customer-table.ts";
import type { CustomerFile } from "@bihuan/contract/customer.ts";
import { readXlsx } from "../../platform/files/xlsx-read.ts";
import { sql } from "../../platform/sql.ts";
import { customerDesk } from "../testing/desk.ts";
import { csv } from "../testing/file.ts";

const desk = await customerDesk();
const { db, call, send, people, unit } = desk;
const { agent, manager, stationManager, analyst, handler } = people;
const folder = await mkdtemp(path.join(tmpdir(), "bihuan-table-"));
after(() => rm(folder, { recursive: true, force: true }));

const load = async (content: Buffer | string, query = "", caller = manager, name = "客户.csv") =>
  send<TableImported>(caller, `/customers/import${query}`, name, content);
const idOf = async (accountNo: string) =>
  (await db.one<{ id: string }>(sql`select customer_id::text id from customer_account where account_no = ${accountNo}`)).id;
const file = async (id: string) => (await call<CustomerFile>(agent, "GET", `/customers/${id}`)).body;
async function cells(bytes: Buffer): Promise<(readonly string[])[]> {
  const place = path.join(folder, `${crypto.randomUUID()}.xlsx`);
  await writeFile(place, bytes);
  const rows: (readonly string[])[] = [];
  for await (const batch of readXlsx(place)) rows.push(...batch.map((record) => record.cells));
  return rows;
}

const headings = [
  "户号",
  "户名",
  "用电类别",
  "区域类别",
  "联系电话",
  "单位编码",
  "客户经理",
  "家庭人口",
  "信用代码",
  "法定代表人",
];
const household = (accountNo: string, unitCode: string, more: readonly string[] = ["", "", "", ""]) => [
  accountNo,
  "王小明",
  "居民",
  "城区",
  "13800138000",
  unitCode,
  ...more,
];

describe("a list that is sent", () => {
  test("is checked without a trace, then loaded: accounts, people, facts, the manager", async () => {
    const text = csv(
      headings,
      household("4301010000001", "A11", ["handler", "3", "", ""]),
      ["4301010000002", "红星机械厂", "高压单电源", "城区", "", "A11", "周敏", "", "91350100M000100Y43", "李四"],
      household("4301010000003", "A11", ["没有这个人", "三", "", ""]),
      household("12", "A11"),
    );
    const checked = await load(text, "?dryRun=true");
    assert.deepEqual([checked.body.loaded, checked.body.accountsCreated, checked.body.refusedRows], [false, 3, 1], checked.text);
    assert.equal(await db.maybe(sql`select 1 from customer_account`), null);
    const { body } = await load(text);
    assert.deepEqual([body.loaded, body.rows, body.customersCreated, body.accountsCreated], [true, 4, 3, 3]);
    assert.deepEqual(body.problems, [
      {
        line: 5,
        column: { zh: "户号", en: "account_number" },
        reason: { zh: "不是 4 至 32 位数字或字母", en: "Not 4 to 32 digits or letters" },
      },
    ]);
    assert.deepEqual(
      new Set(body.remarks.map(({ line, column }) => `${line} ${column?.zh}`)),
      new Set(["4 客户经理", "4 家庭人口"]),
    );
    const home = await file(await idOf("4301010000001"));
    assert.deepEqual([home.manager?.name, home.facts?.kind === "FAMILY" && home.facts.members], ["周敏", 3]);
    const works = await file(await idOf("4301010000002"));
    assert.deepEqual(
      [works.manager?.name, works.facts?.kind === "ENTERPRISE" && works.facts.legalRepresentative],
      ["周敏", "李*"],
    );
    const again = await load(text);
    assert.deepEqual(
      [again.body.accountsCreated, again.body.accountsChanged, again.body.accountsUnchanged],
      [0, 0, 3],
      "a second time nothing changes",
    );
    const entries = await db.rows(
      sql`select principal_name, facts from access_log where action = 'DATA_IMPORTED' order by access_id`,
    );
    assert.deepEqual(entries[0], { principal_name: "主管一", facts: { kind: "customers", rows: 4, accounts: 3, changed: 0 } });
  });

  test("adds facts to those on file, and leaves facts of the other kind alone", async () => {
    const row = household("4301010000011", "A11", ["", "3", "", ""]);
    await load(csv(headings, row));
    const id = await idOf("4301010000011");
    await call(agent, "PUT", `/customers/${id}/facts`, {
      version: (await file(id)).version,
      facts: { kind: "FAMILY", members: 4, language: "DIALECT" },
    });
    await load(csv(headings, row));
    const { facts } = await file(id);
    assert.deepEqual([facts?.kind === "FAMILY" && facts.members, facts?.kind === "FAMILY" && facts.language], [3, "DIALECT"]);
    await load(
      csv(
        headings,
        [...household("4301010000011", "A11").with(2, "低压非居民"), "", "", ""].toSpliced(7, 3, "", "91350100M000100Y43", ""),
      ),
    );
    assert.equal((await file(id)).facts?.kind, "FAMILY");
  });

  test("changes nothing beyond the sender's reach, not even through an account of another unit", async () => {
    await load(csv(headings, household("4301010000021", "A2")));
    await call(manager, "PUT", "/transformer-areas/101/T-A2", { name: "南", unitId: unit("A2"), version: 0 });
    const area = [...headings, "台区编号"];
    const { body } = await load(
      csv(
        area,
        [...household("4301010000022", "A2"), ""],
        [...household("4301010000021", "A11"), ""],
        [...household("4301010000023", "A11"), "T-A2"],
        [...household("4301010000024", "A11"), ""],
      ),
      "",
      stationManager,
    );
    assert.deepEqual(
      body.problems.map(({ line, reason }) => [line, reason.en]),
      [
        [2, "The unit is beyond your reach"],
        [3, "The account, its customer or its transformer area belongs to a unit beyond your reach"],
        [4, "The account, its customer or its transformer area belongs to a unit beyond your reach"],
      ],
    );
    assert.equal(body.accountsCreated, 1);
    assert.equal((await file(await idOf("4301010000021"))).accounts[0]?.unit.name, "A2");
  });

  test("may name its unit for all rows, and may be all or nothing", async () => {
    const text = csv(headings, household("4301010000031", ""), household("1", ""));
    const strict = await load(text, `?strict=true&unitId=${unit("A12")}`);
    assert.deepEqual([strict.body.loaded, strict.body.refusedRows], [false, 1]);
    assert.equal((await load(text, `?unitId=${unit("A12")}`)).body.accountsCreated, 1);
    assert.equal((await load(text, "?unitId=99999")).code, "customer.unit-unknown");
  });

  test("that cannot be read is refused whole, saying why", async () => {
    const code = async (content: Buffer | string, name?: string) => (await load(content, "", manager, name)).code;
    assert.equal(await code("户名,地址\n王,路\n"), "customer.headings");
    assert.equal(await code(""), "file.empty");
    assert.equal(await code(Buffer.from("PK\x03\x04 not a workbook", "latin1"), "a.xlsx"), "import.file-unreadable");
    assert.equal((await load(csv(headings), "", handler)).code, "permission.missing");
  });
});

describe("a workbook", () => {
  test("that was taken out in full comes in again and changes nothing; masked, it would not be taken in", async () => {
    await load(csv(headings, household("0430101000000410017", "A11", ["handler", "3", "", ""])));
    const taken = await call(manager, "POST", "/customers/export", { format: "xlsx", unmaskReason: "上级检查核对台账" });
    const rows = await cells(taken.bytes);
    assert.ok(
      rows.some(([accountNo, name]) => accountNo === "0430101000000410017" && name === "王小明"),
      "a number keeps its zeros",
    );
    const { body } = await load(taken.bytes, "", manager, "客户.xlsx");
    assert.deepEqual(
      [body.refusedRows, body.accountsCreated, body.accountsChanged, body.remarks],
      [0, 0, 0, []],
      JSON.stringify(body.problems),
    );
    const masked = await call(analyst, "POST", "/customers/export", { format: "xlsx" });
    assert.ok((await cells(masked.bytes)).flat().every((cell) => cell !== "王小明" && cell !== "13800138000"));
    assert.equal(
      (await call(analyst, "POST", "/customers/export", { format: "xlsx", unmaskReason: "统计需要名单" })).code,
      "permission.missing",
    );
  });

  test("holds what looks like a formula as text, masked names included", async () => {
    await load(csv(headings, ["4301010000051", "=cmd|' /C calc'!A0", "低压非居民", "城区", "", "A11", "", "", "", ""]));
    const rows = await cells((await call(manager, "POST", "/customers/export", { format: "xlsx" })).bytes);
    assert.equal(rows.find(([accountNo]) => accountNo === "4301010000051")?.[1], "=cmd|' /C calc'!A0");
    const text = (await call(manager, "POST", "/customers/export", { format: "csv" })).text;
    assert.match(text, /"'=cmd\|' \/C calc'!A0"/);
  });

  test("to fill in has every heading, and its examples can be read", async () => {
    const template = await call(manager, "GET", "/customers/import/template");
    const { body } = await load(template.bytes, `?dryRun=true&unitId=${unit("A11")}`, manager, "模板.xlsx");
    assert.deepEqual([body.refusedRows, body.accountsCreated, body.remarks], [0, 2, []], JSON.stringify(body.problems));
    const [head] = await cells(template.bytes);
    const [exported] = await cells((await call(manager, "POST", "/customers/export", { format: "xlsx" })).bytes);
    assert.deepEqual(head, exported);
    const english = await call(
      { ...manager, headers: { ...manager.headers, "accept-language": "en" } },
      "GET",
      "/customers/import/template?format=csv",
    );
    assert.match(english.text, /^\uFEFFaccount_number,customer_name,/);
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { testUnits } from "../../identity/testing/people.ts";
import { eraseCustomer } from "../editing/erase.ts";
import { customerRecord } from "../queries.ts";
import { csv, importer } from "../testing/file.ts";

const platform = testPlatform(await testDatabase(), manualTime("2026-03-02T01:00:00Z"));
const units = await testUnits(platform);
await platform.db.run(sql`update unit set area_class = 'RURAL' where code = 'A1'`);
const load = await importer(platform);
const indexes = () => platform.db.rows(sql`select indexdef from pg_indexes where tablename = 'customer_account' order by 1`);
const indexesAtFirst = await indexes();

const headings = ["户号", "户名", "用电类别", "单位编码"];
const fresh = { customersCreated: 0, accountsCreated: 0, accountsChanged: 0, areasCreated: 0, accountsMoved: 0 };
const lineAndColumn = (problems: readonly { line: number; column: string | null }[]) =>
  problems.map(({ line, column }) => `${line} ${column}`);
const customerOf = async (accountNo: string) => {
  const row = await platform.db.maybe<{ customerId: string }>(sql`
    select customer_id::text "customerId" from customer_account where account_no = ${accountNo}`);
  return row && customerRecord(platform.db, row.customerId);
};
const contactsOf = async (accountNo: string) =>
  (await customerOf(accountNo))?.contacts.map(({ name, phone, relation }) => [name, phone, relation].join(" "));

test("a full row becomes a customer with account, transformer area, contacts, needs and place", async () => {
  const result = await load(
    csv(
      [
        "户号",
        "户名",
        "客户编号",
        "用电类别",
        "电压等级",
        "区域类别",
        "台区编号",
        "台区名称",
        "联系人",
        "联系电话",
        "用电地址",
        "经度",
        "纬度",
        "特殊需求",
        "重要等级",
        "单位编码",
      ],
      [
        "4301000000001",
        "王小明",
        "C-0001",
        "居民",
        "交流220V",
        "城区",
        "T01",
        "南庄1号",
        "李四 13900139000 家属",
        "138 0013 8000",
        "长沙市滨河路12号",
        "112.9",
        "28.2",
        "生命支持设备",
        "一级重要",
        "A11",
      ],
    ),
  );
  assert.deepEqual(
    {
      rows: result.rows,
      refused: result.refused,
      remarks: result.remarks,
      created: [result.customersCreated, result.accountsCreated, result.areasCreated],
    },
    { rows: 1, refused: [], remarks: [], created: [1, 1, 1] },
  );
  const record = await customerOf("4301000000001");
  assert.ok(record);
  assert.match(record.customerId, /^101\d{10}$/);
  assert.deepEqual(
    { ...record, customerId: null, createdAtMs: null, changedAtMs: null },
    {
      customerId: null,
      regionId: 101,
      customerNo: "C-0001",
      name: "王小明",
      importance: "FIRST",
      erasedAtMs: null,
      version: 1,
      createdAtMs: null,
      changedAtMs: null,
      facts: null,
      aliases: [],
      accounts: [
        {
          accountNo: "4301000000001",
          category: "RESIDENT",
          voltage: "V220",
          areaClass: "URBAN",
          unitId: units["A11"],
          address: "长沙市滨河路12号",
          transformerArea: { code: "T01", name: "南庄1号" },
          coordinates: { longitude: 112.9, latitude: 28.2 },
        },
      ],
      contacts: [
        { contactId: 1, name: "李四", phone: "13900139000", relation: "FAMILY" },
        { contactId: 2, name: null, phone: "13800138000", relation: "HOLDER" },
      ],
      specialNeeds: [{ kind: "LIFE_SUPPORT", note: null, validFrom: null, validTo: null }],
    },
  );
});

test("the search index, taken off an empty table while it is filled, is back", async () =>
  assert.deepEqual(await indexes(), indexesAtFirst));

test("every refused row is reported with its line and reason, the others are loaded", async () => {
  const result = await load(
    [
      "户号,户名,用电类别,单位编码",
      "4301000000101,张三,居民,A11",
      "12,,农业,A11",
      '4301000000102,"张"四,居民,A11',
      "4301000000103,张五,居民,NOWHERE",
      "4301000000104,张六,居民,",
      "4301000000105,张七,居民,A11,多,余",
      "4301000000106,张八,居民,B1",
      "4301000000107,张**,居民,A11",
      "4301000000108,张九,居民,A11",
      "",
    ].join("\n"),
  );
  assert.deepEqual(lineAndColumn(result.refused), [
    "3 customer",
    "3 accountNo",
    "3 category",
    "4 null",
    "5 unitCode",
    "6 unitCode",
    "7 null",
    "8 areaClass",
    "9 customer",
  ]);
  assert.ok(result.refused.every(({ reason }) => reason.zh !== "" && reason.en !== ""));
  assert.deepEqual([result.rows, result.refusedRows, result.accountsCreated], [9, 7, 2]);
  assert.equal((await customerOf("4301000000101"))?.accounts[0]?.areaClass, "RURAL", "the unit's area class stands in");
});

test("with strict, one refused row keeps the whole file out", async () => {
  const text = csv(headings, ["4301000000201", "张三", "居民", "A11"], ["1", "李四", "居民", "A11"]);
  const result = await load(text, { strict: true });
  assert.equal(result.loaded, false);
  assert.deepEqual(lineAndColumn(result.refused), ["3 accountNo"]);
  assert.equal(await customerOf("4301000000201"), null);
});

test("an account that stands twice in a file is loaded once, and both lines are named", async () => {
  const result = await load(
    csv(
      headings,
      ["4301000000301", "张三", "居民", "A11"],
      ["4301000000302", "李四", "居民", "A11"],
      [" 4301000000301", "王五", "居民", "A11"],
    ),
  );
  assert.deepEqual(lineAndColumn(result.refused), ["4 accountNo"]);
  assert.match(result.refused[0]?.reason.en ?? "", /line 2/);
  assert.equal((await customerOf("4301000000301"))?.name, "张三");
});

test("contradictions within a file are found across its chunks", async () => {
  const many = Array.from({ length: 20_500 }, (_, index) => [
    `55${String(index).padStart(6, "0")}`,
    "某某",
    "居民",
    "A11",
    "T77",
  ]);
  const text = csv(
    [...headings, "台区编号"],
    ...many,
    ["55000003", "某某", "居民", "A11", "T77"],
    ["55999999", "某某", "居民", "A2", "T77"],
  );
  const result = await load(text, { mapping: { defaults: { areaClass: "URBAN" } } });
  assert.deepEqual(lineAndColumn(result.refused), ["20502 accountNo", "20503 unitCode"]);
  assert.deepEqual([result.accountsCreated, result.customersCreated, result.areasCreated], [20_500, 20_500, 1]);
});

test("the same file a second time touches nothing", async () => {
  const text = csv(
    [...headings, "台区编号", "联系电话", "用电地址", "特殊需求", "客户编号"],
    ["4301000000401", "张三", "居民", "A11", "T04", "13800000401", "解放路1号", "独居老人", ""],
    ["4301000000402", "红星机械厂", "低压非居民", "A11", "T04", "0731-88880402", "解放路2号", "", "F-1"],
    ["4301000000403", "红星机械厂", "低压非居民", "A11", "", "0731-88880402", "解放路3号", "", "F-1"],
  );
  const first = await load(text);
  assert.deepEqual([first.customersCreated, first.accountsCreated], [2, 3]);
  const before = await platform.db.rows(sql`select xmin::text, ctid::text, account_no from customer_account order by account_no`);
  const second = await load(text, { packed: true });
  assert.deepEqual(second, { rows: 3, loaded: true, refusedRows: 0, refused: [], remarks: [], ...fresh, accountsUnchanged: 3 });
  const after = await platform.db.rows(sql`select xmin::text, ctid::text, account_no from customer_account order by account_no`);
  assert.deepEqual(after, before);
  assert.equal((await customerOf("4301000000401"))?.version, 1);
});

test("a changed row changes what it names, and what the file does not say stays", async () => {
  const columns = [...headings, "电压等级", "联系电话", "用电地址"];
  await load(
    csv(
      columns,
      ["4301000000501", "张三", "居民", "A11", "交流220V", "13800000501", "解放路1号"],
      ["4301000000502", "李四", "居民", "A11", "", "", ""],
    ),
  );
  const result = await load(
    csv(
      columns,
      ["4301000000501", "张三丰", "居民", "A11", "", "13900000501", ""],
      ["4301000000502", "李四", "居民", "A11", "", "", ""],
    ),
  );
  assert.deepEqual([result.accountsChanged, result.accountsUnchanged, result.accountsCreated], [1, 1, 0]);
  const record = await customerOf("4301000000501");
  assert.equal(record?.name, "张三丰");
  assert.equal(record?.version, 2);
  assert.equal(record?.accounts[0]?.voltage, "V220");
  assert.equal(record?.accounts[0]?.address, "解放路1号");
  assert.deepEqual(await contactsOf("4301000000501"), [" 13800000501 HOLDER", " 13900000501 HOLDER"]);
  const found = await platform.db.maybe(sql`
    select 1 from customer_account where account_no = '4301000000501' and search_tokens @> array['三丰', 'zsf', '…0501'] and search_text like '%13900000501%'`);
  assert.ok(found, "the search columns follow");
});

test("rows of one customer number become one customer; a name that differs is refused", async () => {
  const columns = [...headings, "客户编号", "联系人"];
  const result = await load(
    csv(
      columns,
      ["4301000000601", "滨江物业", "低压非居民", "A11", "P-6", "张工 13800000601 电气联系人"],
      ["4301000000602", "滨江物业", "居民", "A12", "P-6", "李会计 13800000602 财务联系人;张工 13800000601 电气联系人"],
      ["4301000000603", "别的物业", "居民", "A12", "P-6", ""],
    ),
  );
  assert.deepEqual(lineAndColumn(result.refused), ["4 customer"]);
  assert.deepEqual([result.customersCreated, result.accountsCreated], [1, 2]);
  assert.deepEqual(await contactsOf("4301000000601"), ["张工 13800000601 ELECTRICIAN", "李会计 13800000602 FINANCE"]);
  const later = await load(csv(columns, ["4301000000604", "滨江物业", "居民", "A11", "P-6", ""]));
  assert.deepEqual([later.customersCreated, later.accountsCreated], [0, 1]);
  assert.equal((await customerOf("4301000000604"))?.accounts.length, 3);
  const refused = await load(csv(columns, ["4301000000604", "滨江物业", "居民", "A11", "P-7", ""]));
  assert.deepEqual(lineAndColumn(refused.refused), ["2 customerNo"]);
});

test("a customer on file without a number takes the one the file gives it", async () => {
  await load(csv(headings, ["4301000000701", "张三", "居民", "A11"]));
  await load(
    csv(
      [...headings, "客户编号"],
      ["4301000000701", "张三", "居民", "A11", "N-7"],
      ["4301000000702", "张三", "居民", "A11", "N-7"],
    ),
  );
  const record = await customerOf("4301000000701");
  assert.equal(record?.customerNo, "N-7");
  const found = await platform.db.rows(sql`select account_no from customer_account where search_text like '%|n7|%' order by 1`);
  assert.equal(found.length, 2, "the search columns of both follow");
  assert.deepEqual(
    record?.accounts.map((account) => account.accountNo),
    ["4301000000701", "4301000000702"],
  );
});

test("account numbers are unique within a city, not beyond", async () => {
  const text = csv(
    [...headings, "区域类别"],
    ["9900000001", "甲", "居民", "A11", "城区"],
    ["9900000001", "乙", "居民", "B1", "城区"],
  );
  const result = await load(text);
  assert.deepEqual([result.refusedRows, result.accountsCreated], [0, 2]);
  const names = await platform.db.rows<{ name: string }>(sql`
    select c.name from customer_account a join customer c on c.region_id = a.region_id and c.customer_id = a.customer_id
    where a.account_no = '9900000001' order by a.region_id`);
  assert.deepEqual(
    names.map(({ name }) => name),
    ["甲", "乙"],
  );
});

test("a transformer area that changes hands takes all its accounts along", async () => {
  const columns = [...headings, "台区编号"];
  await load(csv(columns, ["4301000000801", "甲", "居民", "A11", "T08"], ["4301000000802", "乙", "居民", "A11", "T08"]));
  const result = await load(csv(columns, ["4301000000801", "甲", "居民", "A12", "T08"]));
  assert.equal(result.accountsMoved, 2);
  assert.equal((await customerOf("4301000000802"))?.accounts[0]?.unitId, units["A12"]);
});

test("a customer whose personal data were erased is not brought back", async () => {
  await load(csv(headings, ["4301000000901", "张三", "居民", "A11"]));
  const record = await customerOf("4301000000901");
  assert.ok(record);
  assert.ok(await platform.db.transaction((tx) => eraseCustomer(tx, record.customerId, platform.time.nowMs())));
  const result = await load(csv(headings, ["4301000000901", "张三", "居民", "A11"]));
  assert.deepEqual([result.refusedRows, result.accountsChanged], [1, 0]);
  const after = await customerRecord(platform.db, record.customerId);
  assert.deepEqual([after?.name, after?.contacts, after?.accounts[0]?.address], [null, [], null]);
  const left = await platform.db.one(sql`
    select search_text, search_tokens from customer_account where account_no = '4301000000901'`);
  assert.deepEqual(left, { search_text: "", search_tokens: [] });
});

test("a mapping names other headings, explains other words and fills what is missing", async () => {
  const result = await load("用户标识;名称;类别\n4301000001001;张三;城镇居民生活用电\n", {
    mapping: {
      columns: { accountNo: "用户标识", customer: "名称", category: "类别" },
      values: { category: { 城镇居民生活用电: "RESIDENT" } },
      defaults: { unitCode: "A11", areaClass: "URBAN" },
    },
  });
  assert.deepEqual([result.refused, result.accountsCreated], [[], 1]);
});

test("a file that lacks a column, names one twice or is empty is refused as a whole", async () => {
  await assert.rejects(load("户号,户名\n1,2\n"), /lacks columns: category/);
  await assert.rejects(load("户号,户号,户名,用电类别\n"), /Heading stands twice/);
  await assert.rejects(load(""), /empty/);
  await assert.rejects(load(csv(headings), { mapping: { columns: { address: "住址" } } }), /no column 住址/);
});

test("an import that breaks off leaves nothing, and the search index stands", async () => {
  const rows = Array.from({ length: 30_000 }, (_, index) => [`66${String(index).padStart(6, "0")}`, "某某", "居民", "A11"]);
  let heard = 0;
  const onProgress = () => {
    heard++;
    if (heard === 3) throw new Error("the cable was pulled");
  };
  await assert.rejects(load(csv(headings, ...rows), { onProgress }), /the cable was pulled/);
  assert.ok(heard === 3);
  assert.equal(await customerOf("66000000"), null);
  assert.deepEqual(await indexes(), indexesAtFirst);
});

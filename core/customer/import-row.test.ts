import assert from "node:assert/strict";
import { test } from "node:test";
import { type ImportCells, type ImportedRow, type ImportValues, readImportRow } from "./import-row.ts";

const good: ImportCells = { customer: "王小明", accountNo: "4301020012345", category: "居民" };
const read = (cells: ImportCells, values?: ImportValues) => {
  const result = readImportRow({ ...good, ...cells }, values);
  assert.ok("row" in result, JSON.stringify(result));
  return result;
};
const row = (cells: ImportCells, values?: ImportValues): ImportedRow => read(cells, values).row;
const problems = (cells: ImportCells, values?: ImportValues) => {
  const result = readImportRow({ ...good, ...cells }, values);
  return "problems" in result ? result.problems.map(({ column }) => column) : [];
};

test("a full row is read", () => {
  const full = read({
    customerNo: "C-1001",
    voltage: "交流220V",
    areaClass: "农村",
    transformerArea: "T0301",
    transformerAreaName: "南庄3号台区",
    contacts: "李四 13900139000 家属",
    phone: "138 0013 8000",
    address: "南庄村３组12号",
    coordinates: "112.938, 28.228",
    specialNeed: "生命支持设备",
    importance: "一级重要",
    unitCode: "430102",
    manager: " zhou.min ",
    arrears: "86.40",
    members: "3",
    chargingPost: "有",
    callTime: "晚上",
  });
  assert.deepEqual(full, {
    remarks: [],
    row: {
      customer: "王小明",
      customerNo: "C-1001",
      accountNo: "4301020012345",
      category: "RESIDENT",
      voltage: "V220",
      areaClass: "RURAL",
      transformerArea: { code: "T0301", name: "南庄3号台区" },
      contacts: [
        { name: "李四", phone: "13900139000", relation: "FAMILY" },
        { name: null, phone: "13800138000", relation: "HOLDER" },
      ],
      address: "南庄村3组12号",
      coordinates: { longitude: 112.938, latitude: 28.228 },
      specialNeeds: [{ kind: "LIFE_SUPPORT", note: null }],
      importance: "FIRST",
      unitCode: "430102",
      manager: "zhou.min",
      facts: { kind: "FAMILY", members: 3, chargingPost: true, callTime: "EVENING" },
      arrears: { owed: true, since: null, fen: 8640 },
    },
  });
});

test("every reason why a row is refused is given", () =>
  assert.deepEqual(
    problems({ customer: "", accountNo: "12", category: "农业", voltage: "9kV", areaClass: "山上", address: "滨河路*号" }),
    ["customer", "accountNo", "category", "voltage", "areaClass", "address"],
  ));

test("the file's own words are explained by the mapping", () => {
  const values = { category: { 城镇居民生活用电: "RESIDENT" }, areaClass: { "1": "URBAN" } };
  assert.equal(row({ category: "城镇居民生活用电", areaClass: "1" }, values).areaClass, "URBAN");
  assert.deepEqual(problems({ category: "城镇居民生活用电" }), ["category"]);
});

const contactCases: [string, ImportedRow["contacts"]][] = [
  ["张三 13800138000 户主", [{ name: "张三", phone: "13800138000", relation: "HOLDER" }]],
  ["户主:张三/138-0013-8000", [{ name: "张三", phone: "13800138000", relation: "HOLDER" }]],
  ["13800138000", [{ name: null, phone: "13800138000", relation: "OTHER" }]],
  [
    "张三 13800138000;李四 0731-8888 6666 财务联系人",
    [
      { name: "张三", phone: "13800138000", relation: "OTHER" },
      { name: "李四", phone: "073188886666", relation: "FINANCE" },
    ],
  ],
  ["Zhang San +852 2345 6789 executive", [{ name: "Zhang San", phone: "+85223456789", relation: "EXECUTIVE" }]],
  ["张三 13800138000；张三 13800138000", [{ name: "张三", phone: "13800138000", relation: "OTHER" }]],
  ["值班室 88886666转801", [{ name: "值班室", phone: "88886666x801", relation: "OTHER" }]],
];
for (const [cell, expected] of contactCases)
  test(`contacts ${cell}`, () => assert.deepEqual(row({ contacts: cell }).contacts, expected));

test("a number nobody can call is left out and remarked upon; the customer is kept", () => {
  const { row: kept, remarks } = read({ phone: "0, 13800138000", contacts: "张三 无电话", coordinates: "x,y" });
  assert.deepEqual(
    kept.contacts.map((contact) => contact.phone),
    ["13800138000"],
  );
  assert.equal(kept.coordinates, null);
  assert.deepEqual(
    remarks.map((remark) => remark.column),
    ["contacts", "phone", "coordinates"],
  );
});

const coordinateCases: [ImportCells, ImportedRow["coordinates"]][] = [
  [
    { longitude: "112.9", latitude: "28.2" },
    { longitude: 112.9, latitude: 28.2 },
  ],
  [{ coordinates: "112.9 28.2" }, { longitude: 112.9, latitude: 28.2 }],
  [{ coordinates: "28.2,112.9" }, { longitude: 112.9, latitude: 28.2 }],
  [{ coordinates: "0,0" }, null],
  [{ longitude: "112.9", latitude: "" }, null],
  [{ coordinates: "112.9,28.2,7" }, null],
  [{}, null],
];
for (const [cells, expected] of coordinateCases)
  test(`coordinates ${JSON.stringify(cells)}`, () => assert.deepEqual(row(cells).coordinates, expected));

test("a special need in other words is kept as such, none is none", () => {
  assert.deepEqual(row({ specialNeed: "独居老人、养殖场增氧机" }).specialNeeds, [
    { kind: "ELDERLY", note: null },
    { kind: "OTHER", note: "养殖场增氧机" },
  ]);
  assert.deepEqual(row({ specialNeed: "无" }).specialNeeds, []);
});

test("what the file does not say stays unsaid", () => {
  const { voltage, areaClass, transformerArea, address, importance, unitCode } = row({ voltage: " " });
  assert.deepEqual([voltage, areaClass, transformerArea, address, importance, unitCode], [null, null, null, null, null, null]);
});

test("facts of the other kind of customer, and values that are none, are left out with a remark", () => {
  const { row, remarks } = read({
    category: "高压单电源",
    creditCode: "91350100m000100y43",
    legalRepresentative: "王*",
    loadClass: "二级负荷",
    ownSourceKw: "1,200",
    shiftPattern: "四班三倒",
    members: "3",
    emergencyPhone: "12",
  }) as { row: { facts: unknown }; remarks: { column: string }[] };
  assert.deepEqual(row.facts, { kind: "ENTERPRISE", creditCode: "91350100M000100Y43", loadClass: "SECOND", ownSourceKw: 1200 });
  assert.deepEqual(remarks.map(({ column }) => column).sort(), [
    "emergencyPhone",
    "legalRepresentative",
    "members",
    "shiftPattern",
  ]);
});

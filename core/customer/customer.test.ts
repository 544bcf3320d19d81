import assert from "node:assert/strict";
import { test } from "node:test";
import { customerCategoryTitles, readCode, specialNeedTitles, voltageLevel, voltageTitles } from "./codes.ts";
import { CustomerChange, CustomerDraft, CustomerId, regionOfCustomer } from "./customer.ts";

const account = {
  accountNo: "4301020012345",
  category: "RESIDENT",
  voltage: "V220",
  areaClass: "URBAN",
  transformerAreaCode: null,
  unitId: 3,
  address: "滨河路12号",
  coordinates: null,
};
const draft = {
  name: "王小明",
  customerNo: null,
  importance: "ORDINARY",
  accounts: [account],
  contacts: [{ name: null, phone: "138 0013 8000", relation: "HOLDER" }],
  specialNeeds: [{ kind: "LIFE_SUPPORT", note: "呼吸机", validFrom: "2026-01-01", validTo: null }],
};
const problems = (value: unknown) =>
  (CustomerDraft.safeParse(value).error?.issues ?? []).map((issue) => issue.path.join(".")).sort();

test("what is entered is brought to its normal form", () => {
  const read = CustomerDraft.parse({
    ...draft,
    name: "  王　小明 ",
    accounts: [{ ...account, accountNo: "gy-2024-001", address: "滨河路１２号\n3栋" }],
  });
  assert.equal(read.name, "王 小明");
  assert.equal(read.accounts[0]?.accountNo, "GY-2024-001");
  assert.equal(read.accounts[0]?.address, "滨河路12号 3栋");
  assert.equal(read.contacts[0]?.phone, "13800138000");
});

test("what no database could keep is taken out: control characters, halves of characters", () =>
  assert.equal(CustomerDraft.parse({ ...draft, name: "王\u0000小\ud800明\u202e" }).name, "王 小 明"));

test("every problem of a file is listed, not only the first", () =>
  assert.deepEqual(
    problems({
      ...draft,
      name: " ",
      accounts: [{ ...account, accountNo: "1", category: "FARM", coordinates: { longitude: 200, latitude: 0 } }],
      contacts: [{ name: null, phone: "12", relation: "HOLDER" }],
      specialNeeds: [{ kind: "LIFE_SUPPORT", note: null, validFrom: "2026-02-01", validTo: "2026-01-31" }],
    }),
    [
      "accounts.0.accountNo",
      "accounts.0.category",
      "accounts.0.coordinates.longitude",
      "contacts.0.phone",
      "name",
      "specialNeeds.0.validTo",
    ],
  ));

test("a masked value is never taken for the real one", () => {
  assert.deepEqual(problems({ ...draft, name: "王**" }), ["name"]);
  assert.deepEqual(problems({ ...draft, contacts: [{ name: null, phone: "138****8000", relation: "HOLDER" }] }), [
    "contacts.0.phone",
  ]);
});

test("a customer has at least one account, and each once", () => {
  assert.deepEqual(problems({ ...draft, accounts: [] }), ["accounts"]);
  assert.deepEqual(problems({ ...draft, accounts: [account, { ...account, accountNo: " 4301020012345 " }] }), ["accounts"]);
});

test("a change may leave personal data out, but a new contact needs its number", () => {
  const kept = { ...account, address: undefined };
  const change = { version: 1, customerNo: null, importance: "ORDINARY", accounts: [kept], specialNeeds: [] };
  assert.ok(CustomerChange.safeParse({ ...change, contacts: [{ contactId: 1, relation: "HOLDER" }] }).success);
  assert.deepEqual(
    CustomerChange.safeParse({ ...change, contacts: [{ relation: "HOLDER" }] }).error?.issues.map((issue) =>
      issue.path.join("."),
    ),
    ["contacts.0.phone"],
  );
});

test("a customer's id carries its region", () => {
  assert.equal(regionOfCustomer("4300000000017"), 430);
  for (const id of ["0300000000017", "430", "43000000000170", "430000000001x"])
    assert.equal(CustomerId.safeParse(id).success, false);
});

test("codes are read in either language, in any case and width", () => {
  assert.equal(readCode(customerCategoryTitles, "低压非居民"), "LV_NON_RESIDENT");
  assert.equal(readCode(customerCategoryTitles, " hv_dual "), "HV_DUAL");
  assert.equal(readCode(voltageTitles, "交流２２０V"), "V220");
  assert.equal(readCode(voltageTitles, "10 kv"), "KV10");
  assert.equal(readCode(specialNeedTitles, "生命支持设备"), "LIFE_SUPPORT");
  assert.equal(readCode(customerCategoryTitles, "农业"), null);
});

test("low voltage ends at one kilovolt", () => {
  assert.deepEqual(
    [voltageLevel("V220"), voltageLevel("V380"), voltageLevel("KV6"), voltageLevel("KV110")],
    ["LV", "LV", "HV", "HV"],
  );
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Facts } from "./facts.ts";
import { Chosen, likenessOf, type Mergeable, mergedFile } from "./merging.ts";

const file = (change: Partial<Mergeable> = {}): Mergeable => ({
  name: "王小明",
  customerNo: null,
  importance: "ORDINARY",
  facts: null,
  accounts: [{ address: "长沙市岳麓区滨河路12号3栋501室" }],
  contacts: [{ contactId: 1, name: null, phone: "13800138000", relation: "HOLDER" }],
  specialNeeds: [],
  ...change,
});
const code = (creditCode: string) => Facts.parse({ kind: "ENTERPRISE", creditCode });

describe("what makes two files look like one customer", () => {
  const other = { name: "李四", contacts: [], accounts: [{ address: null }] };
  const cases: [string, Mergeable, Mergeable, string[]][] = [
    ["the same name and number", file(), file({ accounts: [] }), ["PHONE_AND_NAME"]],
    [
      "the same name and place, written differently",
      file(),
      file({ contacts: [], accounts: [{ address: "滨河路12号3幢501" }] }),
      ["NAME_AND_ADDRESS"],
    ],
    ["the same number under another name", file(), file({ ...other, contacts: file().contacts }), []],
    ["the same name alone", file(), file({ ...other, name: "王小明" }), []],
    [
      "the same credit code under two names",
      file({ facts: code("91350100M000100Y43") }),
      file({ ...other, facts: code("91350100M000100Y43") }),
      ["CREDIT_CODE"],
    ],
    ["names that were erased", file({ name: null }), file({ name: null }), []],
    [
      "no address on either side",
      file({ accounts: [{ address: null }], contacts: [] }),
      file({ accounts: [{ address: null }], contacts: [] }),
      [],
    ],
  ];
  for (const [what, one, two, because] of cases)
    test(what, () => {
      assert.deepEqual(likenessOf(one, two), because);
      assert.deepEqual(likenessOf(two, one), because, "whichever is asked about");
    });
});

describe("the file that stays", () => {
  const survivor = file({
    customerNo: "C-1",
    specialNeeds: [{ kind: "ELDERLY", note: null, validFrom: "2026-01-01", validTo: "2026-12-31" }],
  });
  const merged = file({
    name: "王晓明",
    customerNo: "C-2",
    importance: "SECOND",
    contacts: [
      { contactId: 1, name: "王晓明", phone: "13800138000", relation: "OTHER" },
      { contactId: 2, name: "李四", phone: "13900139000", relation: "FAMILY" },
    ],
    specialNeeds: [
      { kind: "ELDERLY", note: "夜间不便开门", validFrom: null, validTo: "2026-06-30" },
      { kind: "DISABLED", note: null, validFrom: null, validTo: null },
    ],
  });

  test("takes each value from the side that was chosen", () => {
    const all = mergedFile(survivor, merged, Chosen.parse({ name: "MERGED", importance: "MERGED", customerNo: "MERGED" }));
    assert.deepEqual([all.name, all.customerNo, all.importance], ["王晓明", "C-2", "SECOND"]);
    const none = mergedFile(survivor, merged, Chosen.parse({}));
    assert.deepEqual([none.name, none.customerNo, none.importance], ["王小明", "C-1", "ORDINARY"]);
  });

  test("has everybody who can be called, each number once, with the name somebody knew", () =>
    assert.deepEqual(mergedFile(survivor, merged, Chosen.parse({})).contacts, [
      { contactId: 1, name: "王晓明", phone: "13800138000", relation: "HOLDER" },
      { contactId: 2, name: "李四", phone: "13900139000", relation: "FAMILY" },
    ]));

  test("has every need, for as long as either file said", () =>
    assert.deepEqual(mergedFile(survivor, merged, Chosen.parse({})).specialNeeds, [
      { kind: "DISABLED", note: null, validFrom: null, validTo: null },
      { kind: "ELDERLY", note: "夜间不便开门", validFrom: null, validTo: "2026-12-31" },
    ]));

  test("loses no number and no need, and numbers its contacts apart, whatever the files hold", () => {
    const phone = fc.integer({ min: 0, max: 6 }).map((end) => `1380013800${end}`);
    const contacts = fc
      .uniqueArray(phone, { maxLength: 5 })
      .map((phones) =>
        phones.map((one, index) => ({ contactId: index + 1, name: null, phone: one, relation: "OTHER" as const })),
      );
    const needs = fc
      .subarray(["ELDERLY", "DISABLED", "OTHER"] as const)
      .map((kinds) => kinds.map((kind) => ({ kind, note: null, validFrom: null, validTo: null })));
    const files = fc.record({ contacts, specialNeeds: needs }).map((parts) => file(parts));
    fc.assert(
      fc.property(files, files, (one, two) => {
        const result = mergedFile(one, two, Chosen.parse({}));
        const phones = [...one.contacts, ...two.contacts].map((contact) => contact.phone);
        assert.deepEqual(new Set(result.contacts.map((contact) => contact.phone)), new Set(phones));
        assert.equal(new Set(result.contacts.map(({ contactId }) => contactId)).size, result.contacts.length);
        const kinds = [...one.specialNeeds, ...two.specialNeeds].map(({ kind }) => kind);
        assert.deepEqual(new Set(result.specialNeeds.map(({ kind }) => kind)), new Set(kinds));
      }),
    );
  });
});

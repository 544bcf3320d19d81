import assert from "node:assert/strict";
import { test } from "node:test";
import type { CustomerFile } from "@bihuan/contract/customer.ts";
import { CustomerChange, CustomerDraft } from "@bihuan/core/customer/customer.ts";
import { changeOf, draftOf, emptyAccount, emptyContact, emptyFile, formOf } from "./draft.ts";

const file: CustomerFile = {
  customerId: "1010000000001",
  regionId: 101,
  customerNo: null,
  name: "王**",
  importance: "ORDINARY",
  accounts: [
    {
      accountNo: "1234567890",
      category: "RESIDENT",
      voltage: "V220",
      areaClass: "RURAL",
      transformerArea: { code: "NZ3", name: "南庄 3 号台区" },
      unit: { unitId: 7, name: "南庄供电所" },
      address: "南庄村***",
      coordinates: null,
    },
  ],
  contacts: [{ contactId: 5, name: "王*", phone: "138****5678", relation: "HOLDER" }],
  specialNeeds: [
    { kind: "LIFE_SUPPORT", note: null, validFrom: null, validTo: null, valid: true, evidence: [], evidenceState: "MISSING" },
  ],
  facts: null,
  manager: null,
  managers: [],
  mergedFrom: [],
  erased: false,
  version: 3,
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
  actions: { edit: true, record: true, manage: true, unmask: true, intake: true },
};

test("what was shown masked and not typed anew is not sent", () => {
  const change = changeOf(formOf(file), 3);
  assert.ok(CustomerChange.safeParse(change).success);
  assert.ok(!JSON.stringify(change).includes("*"));
  assert.deepEqual(change.contacts, [{ contactId: 5, relation: "HOLDER" }]);
  assert.equal(change.accounts[0]?.address, undefined);
});

test("what was typed anew replaces what is on file", () => {
  const form = formOf(file);
  const [account, contact] = [form.accounts[0] ?? emptyAccount, form.contacts[0] ?? emptyContact];
  const change = changeOf(
    {
      ...form,
      name: "王小明",
      accounts: [{ ...account, address: "南庄村 12 号" }],
      contacts: [{ ...contact, phone: "13912345678" }],
    },
    3,
  );
  assert.equal(change.name, "王小明");
  assert.equal(change.accounts[0]?.address, "南庄村 12 号");
  assert.equal(change.contacts[0]?.phone, "13912345678");
});

test("a new file sends its filled contacts only, and is what the contract asks for", () => {
  const draft = draftOf({
    ...emptyFile,
    name: "李四",
    accounts: [{ ...emptyAccount, accountNo: "1234567890", unitId: 7, address: "城东路 1 号" }],
    contacts: [emptyContact, { ...emptyContact, phone: "13800005678" }],
  });
  assert.equal(draft.contacts.length, 1);
  assert.ok(CustomerDraft.safeParse(draft).success);
});

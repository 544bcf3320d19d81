import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, type Reach, reachOf } from "./body.ts";

const contact = (contactId: number, relation: "HOLDER" | "FAMILY" | "ELECTRICIAN", calling = false) => ({
  contactId,
  name: "陈**",
  phone: "138****5678",
  relation,
  calling,
});
const card = { contacts: [contact(1, "FAMILY"), contact(2, "HOLDER")] };

test("who is reached: as chosen, else who calls, else the number that calls, else the holder, else the first", () => {
  const cases: readonly [what: string, reach: Reach, expected: Reach][] = [
    ["as chosen", reachOf(1, card, true), { kind: "contact", contactId: 1 }],
    ["typed", reachOf("typed", card, true), { kind: "typed" }],
    [
      "who calls",
      reachOf(null, { contacts: [...card.contacts, contact(3, "ELECTRICIAN", true)] }, true),
      { kind: "contact", contactId: 3 },
    ],
    ["the number that calls", reachOf(null, card, true), { kind: "call" }],
    ["the holder", reachOf(null, card, false), { kind: "contact", contactId: 2 }],
    ["the first", reachOf(null, { contacts: [contact(1, "FAMILY")] }, false), { kind: "contact", contactId: 1 }],
    ["nobody on file", reachOf(null, undefined, false), { kind: "typed" }],
    ["a contact of the customer before", reachOf(9, card, false), { kind: "contact", contactId: 2 }],
  ];
  for (const [what, reach, expected] of cases) assert.deepEqual(reach, expected, what);
});

const demand = {
  category: { flow: "complaint", subtype: "SERVICE" },
  deskUnitId: 7,
  customer: { customerId: "17", accountNo: "3201004471" },
  form: {
    title: "停电",
    identity: "NAMED",
    contactName: "李",
    contactPhone: "13912349999",
  },
  details: {},
  callNo: "c1",
};

test("a chosen contact is named by its number in the file, never by what was typed before", () => {
  const { form, callNo } = bodyOf({ ...demand, reach: { kind: "contact", contactId: 2 } });
  assert.deepEqual(form, { title: "停电", identity: "NAMED", customerId: "17", accountNo: "3201004471", contactId: 2 });
  assert.equal(callNo, "c1");
});

test("what was typed is sent as it was typed; the number that calls is left to the call", () => {
  assert.deepEqual(bodyOf({ ...demand, reach: { kind: "typed" } }).form, {
    ...demand.form,
    customerId: "17",
    accountNo: "3201004471",
  });
  const { form } = bodyOf({ ...demand, reach: { kind: "call" } });
  assert.deepEqual(form, { title: "停电", identity: "NAMED", customerId: "17", accountNo: "3201004471" });
});

test("an anonymous demand names nobody: no customer, no contact, no call", () => {
  for (const reach of [{ kind: "typed" }, { kind: "call" }, { kind: "contact", contactId: 2 }] as const) {
    const body = bodyOf({ ...demand, form: { ...demand.form, identity: "ANONYMOUS" }, reach });
    assert.deepEqual(body.form, { title: "停电", identity: "ANONYMOUS" });
    assert.equal(body.callNo, null);
  }
});

test("the customer is the one who was found, whatever the card has told so far; an account that was typed stands", () => {
  const reach = { kind: "call" } as const;
  const typed = { ...demand, form: { ...demand.form, accountNo: "3201009999" }, reach };
  assert.deepEqual(bodyOf(typed).form["accountNo"], "3201009999");
  const nobody = bodyOf({ ...demand, customer: null, reach });
  assert.deepEqual([nobody.form["customerId"], nobody.form["accountNo"]], [undefined, undefined]);
  const unsure = bodyOf({ ...demand, customer: { customerId: "17", accountNo: null }, reach });
  assert.deepEqual([unsure.form["customerId"], unsure.form["accountNo"]], ["17", undefined]);
});

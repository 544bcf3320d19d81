import assert from "node:assert/strict";
import { test } from "node:test";
import { unitCode, unitName } from "./imported-units.ts";

test("a label becomes a name that is one line and no formula", () => {
  const cases: [string, string][] = [
    ["Solid Waste", "Solid Waste"],
    ["城东供电所", "城东供电所"],
    ["=SUM(A1)", "SUM(A1)"],
    ["- @ +1", "1"],
    ["two\nlines\there", "two lines here"],
    ["@", ""],
    ["x".repeat(81), `${"x".repeat(79)}…`],
  ];
  for (const [label, name] of cases) assert.equal(unitName(label), name, label);
});

test("codes are made of the name and never used twice", () => {
  const taken = new Set<string>();
  const code = (name: string) => {
    const made = unitCode(name, (one) => taken.has(one));
    taken.add(made);
    return made;
  };
  assert.equal(code("Recreation & Parks"), "RECREATION-PARKS");
  assert.equal(code("Recreation, Parks"), "RECREATION-PARKS-2");
  assert.equal(code("城东供电所（一班）"), "城东供电所-一班");
  assert.equal(code("—"), "UNIT");
  assert.ok(code("x".repeat(200)).length <= 40);
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { completedFacts, erasedFacts, FactsEntered, factsAfter, hiddenFacts, maskedFacts } from "./facts-change.ts";
import { CreditCode, creditCodeHolds, type EnterpriseFacts, Facts, factFields } from "./facts.ts";

const factory = Facts.parse({
  kind: "ENTERPRISE",
  creditCode: "91350100M000100Y43",
  legalRepresentative: "王小明",
  industry: "C",
  loadClass: "SECOND",
  emergencyContact: "李四",
  emergencyPhone: "138 0013 8000",
}) as EnterpriseFacts;
const family = Facts.parse({ kind: "FAMILY", members: 3, elderly: 1, callTime: "EVENING" });

describe("a unified social credit code", () => {
  const cases: [string, boolean][] = [
    ["91350100M000100Y43", true],
    ["91350100M000100Y44", false],
    ["91350100M000100O43", false],
    ["9135010000000", false],
    ["", false],
  ];
  for (const [code, holds] of cases)
    test(`${code || "nothing"} ${holds ? "holds" : "does not"}`, () => assert.equal(creditCodeHolds(code), holds));
  test("is read with blanks and in small letters", () =>
    assert.equal(CreditCode.parse(" 9135 0100 m000100y43"), "91350100M000100Y43"));
});

test("each field of each kind says what it is called and whether it is personal", () => {
  for (const facts of [factory, family])
    assert.deepEqual(
      Object.keys(factFields[facts.kind]).sort(),
      Object.keys(facts)
        .filter((name) => name !== "kind")
        .sort(),
    );
});

describe("facts as they are shown", () => {
  test("names and numbers are masked, the rest is not", () => {
    const shown = maskedFacts(factory) as EnterpriseFacts;
    assert.deepEqual(
      [shown.legalRepresentative, shown.emergencyContact, shown.emergencyPhone, shown.creditCode, shown.industry],
      ["王**", "李*", "138****8000", "91350100M000100Y43", "C"],
    );
    assert.deepEqual(hiddenFacts(factory), {
      legalRepresentative: "王小明",
      emergencyContact: "李四",
      emergencyPhone: "13800138000",
    });
    assert.deepEqual(maskedFacts(family), family);
  });

  test("a mask that is sent back is refused; what is left out stays; what is emptied goes", () => {
    assert.ok(!FactsEntered.safeParse({ kind: "ENTERPRISE", legalRepresentative: "王**" }).success);
    const after = factsAfter(factory, FactsEntered.parse({ kind: "ENTERPRISE", industry: "P", emergencyContact: null }));
    assert.deepEqual(
      [after, factory].map((facts) => (facts as EnterpriseFacts).legalRepresentative),
      ["王小明", "王小明"],
    );
    assert.deepEqual({ ...after }, { ...factory, creditCode: null, loadClass: null, industry: "P", emergencyContact: null });
  });

  test("facts of the other kind replace all that was there", () =>
    assert.deepEqual(
      factsAfter(factory, FactsEntered.parse({ kind: "FAMILY", members: 2 })),
      Facts.parse({ kind: "FAMILY", members: 2 }),
    ));
});

describe("erasing facts", () => {
  test("of a household leaves nothing", () => assert.equal(erasedFacts(family), null));
  test("of an enterprise leaves what leads to nobody", () =>
    assert.deepEqual(erasedFacts(factory), Facts.parse({ kind: "ENTERPRISE", industry: "C", loadClass: "SECOND" })));
});

test("two files of one customer complete each other; facts of two kinds do not mix", () => {
  const other = Facts.parse({ kind: "FAMILY", members: 5, language: "DIALECT" });
  assert.deepEqual(completedFacts(family, other), { ...family, language: "DIALECT" });
  assert.deepEqual(completedFacts(factory, other), factory);
  assert.deepEqual(completedFacts(null, other), other);
  assert.equal(completedFacts(null, null), null);
});

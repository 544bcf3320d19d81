import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ArchivedConnection, complianceOf, complies } from "./compliance.ts";
import { ageDays, bucketOf } from "./ageing.ts";
import { nodes } from "./process/stretches.ts";

const order = (flow: string, missed: readonly string[] = [], judged: readonly string[] = [...nodes, "whole-process"]) =>
  ({ flow: `connection-${flow}`, judged, missed }) satisfies ArchivedConnection;
const weights = { highVoltage: 50, lowVoltage: 30, generationAndCharging: 20 };

describe("whether a connection was in time", () => {
  for (const node of nodes)
    test(`high voltage complies only if every node does: ${node}`, () => {
      assert.equal(complies(order("hv-single", [node])), false);
      assert.equal(complies(order("hv-dual", [node])), false);
    });

  const cases: readonly [string, ArchivedConnection, boolean | null][] = [
    ["high voltage with every node in time", order("hv-single"), true],
    ["a node that was not needed harms nothing", order("hv-single", [], ["plan-reply", "energising"]), true],
    ["the whole of a high-voltage connection is judged by its nodes", order("hv-single", ["whole-process"]), true],
    ["low voltage by its whole process", order("low-voltage", ["whole-process"]), false],
    ["low voltage, a node late within the whole", order("resident", ["plan-reply"]), true],
    [
      "low voltage by its nodes where nothing limits the whole",
      order("resident", ["plan-reply"], ["plan-reply", "energising"]),
      false,
    ],
    ["generation by its whole process", order("generation", ["whole-process"]), false],
    ["charging in time", order("charging"), true],
    ["visits and documents are no nodes", order("hv-single", ["on-site", "missing-document", "works-follow-up"]), true],
    ["nothing judged it", order("resident", [], ["on-site"]), null],
  ];
  for (const [name, one, expected] of cases) test(name, () => assert.equal(complies(one), expected));
});

describe("the compliance rate", () => {
  const archived = [
    order("hv-single"),
    order("hv-dual", ["design-review"]),
    order("resident"),
    order("resident"),
    order("low-voltage", ["whole-process"]),
    order("charging"),
  ];

  test("is w1·HV + w2·LV + w3·generation and charging", () => {
    const { rate, highVoltage, lowVoltage, generationAndCharging } = complianceOf(archived, weights);
    assert.deepEqual(highVoltage, { archived: 2, complying: 1, unjudged: 0, rate: 0.5 });
    assert.deepEqual(lowVoltage, { archived: 3, complying: 2, unjudged: 0, rate: 0.666667 });
    assert.deepEqual(generationAndCharging, { archived: 1, complying: 1, unjudged: 0, rate: 1 });
    assert.equal(rate, 0.65);
  });

  test("knows only the proportion of its weights", () => {
    const tenfold = { highVoltage: 5, lowVoltage: 3, generationAndCharging: 2 };
    assert.equal(complianceOf(archived, tenfold).rate, complianceOf(archived, weights).rate);
  });

  test("leaves out a class in which nothing was archived, and is unknown where nothing was", () => {
    assert.equal(complianceOf([order("hv-single"), order("resident", ["whole-process"])], weights).rate, 0.625);
    assert.equal(complianceOf([], weights).rate, null);
    assert.equal(complianceOf([order("resident")], { ...weights, lowVoltage: 0 }).rate, null);
  });

  test("counts apart what no limit judged, and not at all what is no connection", () => {
    const { lowVoltage, archived: count } = complianceOf(
      [order("resident", [], []), order("resident"), { ...order("x"), flow: "complaint" }],
      weights,
    );
    assert.deepEqual(lowVoltage, { archived: 2, complying: 1, unjudged: 1, rate: 1 });
    assert.equal(count, 2);
  });
});

test("ages fall into the buckets that are watched", () => {
  const at = Date.parse("2026-01-01T00:00:00Z");
  assert.equal(ageDays(at, at + 70 * 86_400_000 - 1), 69);
  assert.deepEqual([0, 69, 70, 119, 120, 300, 301].map(bucketOf), [
    "UNDER_70",
    "UNDER_70",
    "FROM_70",
    "FROM_70",
    "FROM_120",
    "FROM_120",
    "OVER_300",
  ]);
});

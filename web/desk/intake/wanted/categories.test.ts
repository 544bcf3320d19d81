import assert from "node:assert/strict";
import { test } from "node:test";
import type { FlowView } from "@bihuan/contract/flow.ts";
import { categoryGroups, categoryKey, categoryOf, lacksSubtype } from "./categories.ts";

const flow = (id: string, zh: string, subtypes: readonly string[] = [], takesIn = true): FlowView => ({
  id,
  version: 1,
  title: { zh, en: id },
  subtypes: subtypes.map((code) => ({ code, title: { zh: code, en: code } })),
  initial: "dispatching",
  steps: [],
  actions: [],
  slots: [],
  reviewLevels: [],
  noCallbackReasons: [],
  intakeForm: {},
  detailsForm: {},
  takesIn,
});
const flows = [
  flow("fault-repair", "故障报修"),
  flow("complaint", "投诉", ["SERVICE", "OUTAGE"]),
  flow("history", "历史", [], false),
];

test("every business that is taken in stands in the list, once with each of its categories", () => {
  assert.deepEqual(
    categoryGroups(flows, ({ zh }) => zh),
    [
      { value: "fault-repair", label: "故障报修" },
      {
        label: "投诉",
        options: [
          { value: "complaint/SERVICE", label: "投诉 ▸ SERVICE" },
          { value: "complaint/OUTAGE", label: "投诉 ▸ OUTAGE" },
        ],
      },
    ],
  );
});

test("an option leads back to its category; what no flow has leads nowhere", () => {
  const cases: readonly [key: string, category: ReturnType<typeof categoryOf>][] = [
    ["fault-repair", { flow: "fault-repair", subtype: null }],
    ["complaint/OUTAGE", { flow: "complaint", subtype: "OUTAGE" }],
    ["complaint", { flow: "complaint", subtype: null }],
    ["complaint/PRICE", null],
    ["fault-repair/OUTAGE", null],
    ["history", null],
    ["nothing", null],
    ["", null],
  ];
  for (const [key, category] of cases) {
    assert.deepEqual(categoryOf(flows, key), category, key);
    if (category) assert.equal(categoryKey(category), key);
  }
});

test("a business with categories is not chosen until one of them is", () => {
  assert.equal(lacksSubtype(flows, { flow: "complaint", subtype: null }), true);
  assert.equal(lacksSubtype(flows, { flow: "complaint", subtype: "SERVICE" }), false);
  assert.equal(lacksSubtype(flows, { flow: "fault-repair", subtype: null }), false);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { FlowView } from "@bihuan/contract/flow.ts";
import { flows } from "@bihuan/core/flows.ts";
import fc from "fast-check";
import { labelLines, layoutFlow, measures, titleLines } from "./layout.ts";

const title = { zh: "", en: "" };

/** The parts of a flow's view that its drawing needs, from the real definitions. */
function view(id: string): FlowView {
  const flow = flows.get(id);
  return {
    id,
    version: flow.version,
    title,
    subtypes: [],
    initial: flow.initial,
    steps: Object.entries(flow.steps).map(([key, { at }]) => ({ key, title, by: [], at })),
    actions: Object.values(flow.actions).map(({ key, from, outcomes }) => ({
      key,
      title,
      by: [],
      from: typeof from === "string" ? [] : [...from],
      outcomes: outcomes.map(({ type, to }) => ({ type, to: to ?? null })),
    })),
    slots: flow.slots.map(({ key, from, until, limit }) => ({
      key,
      title,
      from: [...from],
      until: [...until],
      limit,
      perSubject: false,
    })),
    reviewLevels: [],
    noCallbackReasons: [],
    intakeForm: {},
    detailsForm: {},
    takesIn: true,
  };
}

test("fault repair runs from left to right on one line", () => {
  const { steps } = layoutFlow(view("fault-repair"));
  const main = [
    "dispatching",
    "accepting",
    "travelling",
    "repairing",
    "replying",
    "reviewing",
    "callback",
    "archiving",
    "closed",
  ];
  assert.deepEqual(
    main.map((key) => steps.find((step) => step.key === key)?.layer),
    [0, 1, 2, 3, 4, 5, 6, 7, 8],
  );
  assert.ok(main.every((key) => steps.find((step) => step.key === key)?.row === 0));
});

test("the arrival clock lies under the steps from intake to the arrival", () => {
  const { bars, steps } = layoutFlow(view("fault-repair"));
  const bar = bars.find(({ slot }) => slot === "callback");
  const callback = steps.find(({ key }) => key === "callback");
  assert.equal(bar?.x, callback?.x);
  const arrival = bars.find(({ slot }) => slot === "arrival");
  const right = (step: string): number => (steps.find(({ key }) => key === step)?.x ?? 0) + measures.node.width;
  assert.equal(arrival?.x, steps.find(({ key }) => key === "dispatching")?.x);
  assert.equal((arrival?.x ?? 0) + (arrival?.width ?? 0), right("travelling"), "arriving stops it");
  assert.equal((arrival?.x ?? 0) + (arrival?.reach ?? 0), right("travelling"), "a reply without arriving leaves that step too");
});

for (const { id } of flows.all.filter((flow) => !flow.closedElsewhere)) {
  test(`the drawing of ${id}: no two steps overlap, no two lines share a track where they meet, all is inside`, () => {
    const layout = layoutFlow(view(id));
    const { width, height } = measures.node;
    for (const a of layout.steps)
      for (const b of layout.steps)
        if (a !== b) assert.ok(Math.abs(a.x - b.x) >= width || Math.abs(a.y - b.y) >= height, `${a.key} and ${b.key} overlap`);
    const left = (key: string): number => layout.steps.find((step) => step.key === key)?.x ?? -1;
    const span = ({ from, to }: { from: readonly string[]; to: string }): [number, number] => {
      const ends = [...from, to].map(left);
      return [Math.min(...ends), Math.max(...ends)];
    };
    for (const a of layout.buses)
      for (const b of layout.buses) {
        if (a === b || a.way === "straight" || a.way !== b.way || a.track !== b.track) continue;
        const [[lowA, highA], [lowB, highB]] = [span(a), span(b)];
        assert.ok(highA < lowB || lowA > highB, `${a.actions.join()} and ${b.actions.join()} meet on track ${a.track}`);
      }
    for (const { label, paths } of layout.buses) {
      assert.ok(label.x > 0 && label.x < layout.width && label.y > 0 && label.y < layout.height);
      for (const path of paths)
        for (const number of path.match(/-?[\d.]+/g) ?? [])
          assert.ok(Number(number) >= 0 && Number(number) <= Math.max(layout.width, layout.height));
    }
    for (const bar of layout.bars)
      assert.ok(
        bar.x >= 0 && bar.width <= bar.reach && bar.x + bar.reach <= layout.width && bar.y + measures.bar <= layout.height,
      );
  });
}

test("any flow can be drawn, also one that goes in circles", () => {
  const keys = ["a", "b", "c", "d", "e"];
  const action = fc.record({
    key: fc.string({ minLength: 1, maxLength: 3 }),
    from: fc.subarray(keys),
    outcomes: fc.array(fc.record({ type: fc.constantFrom("x", "y"), to: fc.constantFrom(null, "closed", ...keys) }), {
      maxLength: 3,
    }),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 8 }), (actions) => {
      const layout = layoutFlow({
        ...view("inquiry"),
        initial: "a",
        steps: keys.map((key) => ({ key, title, by: [], at: "desk" as const })),
        actions: actions.map((one) => ({ ...one, title, by: [] })),
        slots: [{ key: "s", title, from: ["open"], until: ["x"], limit: "rule", perSubject: false }],
      });
      assert.ok(Number.isFinite(layout.width) && Number.isFinite(layout.height));
      assert.ok(layout.buses.every(({ paths }) => paths.every((path) => !path.includes("NaN"))));
    }),
    { seed: 20260612, numRuns: 200 },
  );
});

test("a name between two steps is broken where it may be", () => {
  assert.deepEqual(labelLines("派单"), ["派单"]);
  assert.deepEqual(labelLines("回单审核"), ["回单", "审核"]);
  assert.deepEqual(labelLines("Review reply"), ["Review", "reply"]);
});

test("a step's name takes at most two lines", () => {
  assert.deepEqual(titleLines("待派单"), ["待派单"]);
  assert.deepEqual(titleLines("To be dispatched"), ["To be", "dispatched"]);
  assert.deepEqual(titleLines("Reply under review"), ["Reply under", "review"]);
});

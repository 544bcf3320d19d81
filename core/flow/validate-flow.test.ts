import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { flows } from "../flows.ts";
import type { Action, Flow } from "./definition.ts";
import { validateFlow } from "./validate-flow.ts";

const sound = flows.get("fault-repair");
const without = (flow: Flow, key: string): Flow => ({
  ...flow,
  actions: Object.fromEntries(Object.entries(flow.actions).filter(([name]) => name !== key)),
});
const withSlot = (flow: Flow, key: string, change: object): Flow => ({
  ...flow,
  slots: flow.slots.map((slot) => (slot.key === key ? { ...slot, ...change } : slot)),
});

const said = { zh: "未发生", en: "did not happen" };

describe("a flow is checked when it is loaded", () => {
  test("every registered flow is sound", () => {
    for (const flow of flows.all) assert.deepEqual(validateFlow(flow), [], flow.id);
  });

  const cases: readonly [string, Flow, RegExp][] = [
    [
      "a step nobody reaches",
      { ...sound, steps: { ...sound.steps, lost: { title: { zh: "迷失", en: "Lost" }, by: ["HANDLER"], at: "handling" } } },
      /step lost is never reached/,
    ],
    [
      "a step without a way out",
      without(without(without(sound, "restore"), "transfer"), "return"),
      /never reached|no way to the close/,
    ],
    [
      "an outcome that leads nowhere",
      {
        ...sound,
        actions: {
          ...sound.actions,
          dispatch: { ...(sound.actions["dispatch"] as Action), outcomes: [{ type: "dispatch", to: "nowhere" }] },
        },
      },
      /leads to nowhere, which is no step/,
    ],
    ["a clock that nothing stops", withSlot(sound, "restoration", { until: ["never"] }), /clock restoration never stops/],
    ["a clock that nothing starts", withSlot(sound, "restoration", { from: ["never"] }), /clock restoration never starts/],
    [
      "a clock that lapses on what never happens",
      withSlot(sound, "arrival", { lapsesOn: { vanish: said } }),
      /clock arrival lapses on vanish, which never happens/,
    ],
    [
      "a clock that lapses on what fulfils it",
      withSlot(sound, "arrival", { lapsesOn: { arrive: said } }),
      /clock arrival both stops and lapses on arrive/,
    ],
    [
      "a step in which no clock runs",
      { ...sound, slots: sound.slots.filter((slot) => slot.key === "dispatch") },
      /no clock runs in step/,
    ],
  ];
  for (const [name, flow, fault] of cases)
    test(`${name} is refused`, () => {
      assert.match(validateFlow(flow).join("; "), fault);
    });
});

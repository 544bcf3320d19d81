import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mirrored } from "@bihuan/core/flow/actions/merging.ts";
import { flows } from "@bihuan/core/flows.ts";
import { eventTitle, slotTitle } from "./titles.ts";

const bySystem = ["intake", "rebind", "child-merged", "child-released", "step", "close-elsewhere"];

describe("everything that can stand in a history has a name in both languages", () => {
  for (const flow of flows.all)
    test(flow.title.en, () => {
      const types = [...Object.values(flow.actions).flatMap((action) => action.outcomes.map(({ type }) => type)), ...bySystem];
      for (const type of types) {
        const title = eventTitle(flow, type);
        assert.ok(title.zh !== type && title.en !== type, `${type} is shown by its code`);
        assert.match(title.zh, /\p{Script=Han}/u, type);
      }
      for (const slot of flow.slots) assert.match(slotTitle(flow, slot.key).zh, /\p{Script=Han}/u);
    });

  test("what an order under a master learns is named as well", () => {
    const flow = flows.get("fault-repair");
    for (const type of Object.keys(mirrored).filter((key) => key !== "finish-work" && key !== "contact"))
      assert.notEqual(eventTitle(flow, type).en, type);
  });
});

test("an event whose flow has changed since is shown by its code rather than not at all", () => {
  assert.deepEqual(eventTitle(flows.get("praise"), "arrive"), { zh: "arrive", en: "arrive" });
});

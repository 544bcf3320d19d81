import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultPolicies, Policies } from "@bihuan/core/clock/rules/policies.ts";
import { areas, changedAreas, isTimeOfDay, withBases } from "./policies.ts";

test("every figure of the policies can be set, within the bounds that the rulebook allows", () => {
  for (const [area, fields] of Object.entries(areas)) {
    const { basis: _, ...values } = defaultPolicies[area as keyof typeof areas];
    assert.deepEqual(fields.map(({ key }) => key).toSorted(), Object.keys(values).toSorted(), area);
    for (const { key, unit, least, most } of fields) {
      if (!unit) continue;
      const withValue = (value: number) =>
        Policies.safeParse({ ...defaultPolicies, [area]: { ...defaultPolicies[area as "repeat"], [key]: value } }).success;
      assert.deepEqual([least - 1, least, most, most + 1].map(withValue), [false, true, true, false], `${area}.${key}`);
    }
  }
});

test("a figure that is changed rests on what was written for it, the others on what they rested on", () => {
  const changed = { ...defaultPolicies, repeat: { ...defaultPolicies.repeat, withinDays: 5 } };
  assert.deepEqual(changedAreas(defaultPolicies, changed), ["repeat"]);
  const sent = withBases(defaultPolicies, changed, { repeat: " 客服〔2026〕3 号 ", callback: "不相干" });
  assert.deepEqual(sent.repeat, {
    withinDays: 5,
    basis: { kind: "own", note: { zh: "客服〔2026〕3 号", en: "客服〔2026〕3 号" } },
  });
  assert.deepEqual(sent.callback, defaultPolicies.callback);
  assert.ok(Policies.safeParse(sent).success);
  assert.deepEqual(changedAreas(defaultPolicies, structuredClone(defaultPolicies)), []);
});

test("a time of day has two digits for the hour and two for the minute", () => {
  const times = ["00:00", "23:59", "8:00", "24:00", "21:60", "2100", ""];
  assert.deepEqual(times.map(isTimeOfDay), [true, true, false, false, false, false, false]);
});

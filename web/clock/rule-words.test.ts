import assert from "node:assert/strict";
import { test } from "node:test";
import { conditionsOf } from "./rule-words.ts";

test("a rule's conditions are told in words", () => {
  const told = conditionsOf(
    { areaClass: ["URBAN", "RURAL"], origin: ["GOV_12345"], unit: [7], subtype: ["reconnect"] },
    (unitId) => `单位 ${unitId}`,
    (code) => (code === "reconnect" ? "复电" : code),
  );
  assert.deepEqual(
    told.map(({ fact, values }) => `${fact}: ${values.map(({ zh }) => zh).join("、")}`),
    ["areaClass: 城区、农村", "origin: 12345 政务热线", "unit: 单位 7", "subtype: 复电"],
  );
  assert.deepEqual(conditionsOf({}, String, String), []);
});

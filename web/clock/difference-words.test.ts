import assert from "node:assert/strict";
import { test } from "node:test";
import { ClockRule } from "@bihuan/core/clock/rules/rule.ts";
import { knownField, valueText } from "./difference-words.ts";

test("a value of a rule is told for reading, in one language", () => {
  const cases: readonly [kept: string, zh: string, en: string][] = [
    ["10", "10", "10"],
    ["minute", "minute", "minute"],
    ["true", "是", "yes"],
    ['{"zh":"派单","en":"Dispatch"}', "派单", "Dispatch"],
    ['["CUSTOMER_WORKS","MATERIALS"]', "CUSTOMER_WORKS、MATERIALS", "CUSTOMER_WORKS, MATERIALS"],
    ['{"areaClass":["RURAL"],"grade":null}', "areaClass RURAL", "areaClass RURAL"],
    ['[{"from":"08:30","to":"12:00"}]', "from 08:30; to 12:00", "from 08:30; to 12:00"],
    ["[not json", "[not json", "[not json"],
  ];
  for (const [kept, zh, en] of cases) assert.deepEqual([valueText(kept, "zh"), valueText(kept, "en")], [zh, en]);
});

test("every field of a rule has a name", () => {
  const unnamed = Object.keys(ClockRule.shape).filter((field) => field !== "key" && knownField(field) === undefined);
  assert.deepEqual(unnamed, []);
});

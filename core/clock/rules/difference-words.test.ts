import assert from "node:assert/strict";
import { test } from "node:test";
import { CalendarDate, CalendarLayer } from "../../calendar/definition.ts";
import { fieldTitle, isNamed, policyTitle, valueText } from "./difference-words.ts";
import { defaultPolicies } from "./policies.ts";
import { ClockRule, RulePack } from "./rule.ts";

test("a value of a rule is told for reading, in one language", () => {
  const cases: readonly [field: string, kept: string, zh: string, en: string][] = [
    ["amount", "10", "10", "10"],
    ["unit", "minute", "分钟", "minutes"],
    ["authority", "promise", "承诺", "Promise"],
    ["limitKind", "average", "平均", "Average"],
    ["afterHours", "next-working-day", "次一工作日", "The next working day"],
    ["slot", "minute", "minute", "minute"],
    ["extendable", "true", "是", "yes"],
    ["title", '{"zh":"派单","en":"Dispatch"}', "派单", "Dispatch"],
    ["pausedBy", '["CUSTOMER_WORKS","MATERIALS"]', "CUSTOMER_WORKS、MATERIALS", "CUSTOMER_WORKS, MATERIALS"],
    ["when", '{"areaClass":["RURAL"],"grade":null}', "地区 RURAL", "Area RURAL"],
    ["hours", '[{"from":"08:30","to":"12:00"}]', "自 08:30；至 12:00", "From 08:30; To 12:00"],
    ["when", "[not json", "[not json", "[not json"],
  ];
  for (const [field, kept, zh, en] of cases)
    assert.deepEqual([valueText(field, kept, "zh"), valueText(field, kept, "en")], [zh, en]);
});

test("every field that may differ between two rulebooks has a name in both languages", () => {
  const policies = Object.values(defaultPolicies).flatMap((policy) => Object.keys(policy));
  const fields = [ClockRule, RulePack, CalendarDate, CalendarLayer].flatMap(({ shape }) => Object.keys(shape));
  const noFields = new Set(["key", "rules", "date", "dates"]);
  assert.deepEqual(
    [...policies, ...fields].filter((field) => !noFields.has(field) && !isNamed(field)),
    [],
  );
  for (const field of [...policies, ...fields].filter(isNamed)) {
    assert.match(fieldTitle(field).zh, /\p{Script=Han}/u, field);
    assert.doesNotMatch(fieldTitle(field).en, /\p{Script=Han}/u, field);
  }
  for (const name of Object.keys(defaultPolicies)) assert.match(policyTitle(name).zh, /\p{Script=Han}/u, name);
  assert.deepEqual(fieldTitle("constructor"), { zh: "constructor", en: "constructor" });
});

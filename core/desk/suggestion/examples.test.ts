import assert from "node:assert/strict";
import { test } from "node:test";
import { flows } from "../../flows.ts";
import { categoriesOf, categoryKey } from "./categories.ts";
import { articleExamples, builtInExamples, phrases } from "./examples.ts";

const title = (zh: string) => ({ zh, en: null });
const link = (flow: string | null, subtype: string | null = null, step: string | null = null) => ({ flow, subtype, step });

test("every category a desk takes in has phrases of its own, and no phrases speak for a category there is not", () => {
  assert.deepEqual(Object.keys(phrases).toSorted(), categoriesOf(flows).map(categoryKey).toSorted());
  for (const [key, { zh, en }] of Object.entries(phrases)) assert.ok(zh.length > 0 && en.length > 0, key);
});

test("no phrase speaks for two categories", () => {
  const all = Object.values(phrases).flatMap(({ zh, en }) => [...zh, ...en]);
  assert.equal(new Set(all).size, all.length);
});

test("every phrase says something", () => {
  for (const { category, words } of builtInExamples(flows)) assert.ok(words.length > 0, categoryKey(category));
});

test("an article speaks once, for all the categories it is linked to; a step says nothing about intake", () => {
  const content = { title: title("欠费停电多久复电"), keywords: ["复电"] };
  const of = (...links: ReturnType<typeof link>[]) => articleExamples(flows, [{ links, content }]);
  const reconnect = link("service-request", "RECONNECT_AFTER_ARREARS");
  assert.deepEqual(
    of(reconnect, link("inquiry")).map(({ category, weight }) => [categoryKey(category), weight]),
    [
      ["inquiry", 5],
      ["service-request/RECONNECT_AFTER_ARREARS", 5],
    ],
  );
  assert.ok(of(reconnect)[0]?.words.includes("复电"));
  assert.equal(of(link("complaint")).length, 5);
  assert.deepEqual(of(link("fault-repair", null, "repairing"), link(null, null, "callback")), []);
});

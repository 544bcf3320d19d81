import assert from "node:assert/strict";
import { test } from "node:test";
import { eventFacts, eventFields } from "./event-fields.ts";

test("an event's values are told with the labels and choices of the form it was made with", () => {
  const facts = eventFacts("fault-repair", {
    type: "return",
    data: { reason: "WRONG_UNIT", viaMasterId: "x" },
    personal: { note: "台区属于城西" },
  });
  assert.deepEqual(
    facts.map(({ field, value }) => [field.label.zh, field.options.find(({ code }) => code === value)?.label.zh ?? value]),
    [
      ["退单原因", "不属于本单位范围"],
      ["说明", "台区属于城西"],
    ],
  );
});

test("outcomes with a name of their own find the action that adds them", () => {
  const names = eventFields("fault-repair", "review-passed").map(({ name }) => name);
  assert.deepEqual(names, ["approved", "opinion"]);
  assert.deepEqual(eventFields("fault-repair", "rebind"), []);
});

test("an intake tells its facts and the flow's own details", () => {
  const facts = eventFacts("fault-repair", {
    type: "intake",
    data: {
      facts: { origin: "HOTLINE_95598", areaClass: "RURAL" },
      details: { scope: "MANY", danger: true },
      customerId: "1010000000001",
    },
    personal: { title: "停电", contactName: "王*", details: { symptom: "冒火花" } },
  });
  assert.deepEqual(
    facts.map(({ field, value }) => [field.name, value]),
    [
      ["origin", "HOTLINE_95598"],
      ["areaClass", "RURAL"],
      ["contactName", "王*"],
      ["scope", "MANY"],
      ["danger", true],
      ["symptom", "冒火花"],
    ],
  );
});

test("a request for another category names it by its title", () => {
  const facts = eventFacts("inquiry", {
    type: "request-reclassification",
    data: { flow: "complaint", subtype: "SERVICE" },
    personal: { reason: "客户要求投诉" },
  });
  assert.deepEqual(
    facts.map(({ field, value }) => field.options.find(({ code }) => code === value)?.label.zh ?? value),
    ["投诉", "服务投诉", "客户要求投诉"],
  );
});

test("what was left empty is not told", () => {
  const facts = eventFacts("connection-resident", {
    type: "intake",
    data: { details: { missing: [], shown: "IDENTITY" } },
    personal: null,
  });
  assert.deepEqual(
    facts.map(({ field }) => field.name),
    ["shown"],
  );
});

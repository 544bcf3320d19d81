import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCivilDate } from "../calendar/civil-date.ts";
import { flows } from "../flows.ts";
import type { Play } from "../flow/testing/world.ts";
import { tasksOf } from "./plan.ts";
import { agent, energised, handler, later, passed, planned, signed, surveying } from "./testing/stories.ts";

const DAY = 86_400_000;
const limits: Readonly<Record<string, number>> = {
  "plan-reply": 10,
  "design-review": 3,
  "mid-inspection": 2,
  "completion-inspection": 3,
  "utility-works": 3,
  energising: 3,
  "missing-document": 5,
};
const tasks = (order: Play, whole: number | null = null) =>
  tasksOf({
    flow: flows.get(order.state.flow),
    state: order.state,
    events: order.events,
    clocks: order.clocks,
    today: Math.floor((order.events.at(-1)?.atMs ?? 0) / DAY),
    limitOf: (slot) => {
      const days = slot === "whole-process" ? whole : limits[slot];
      return days == null ? null : { days, unit: "workingDay" };
    },
    dayOf: (atMs) => Math.floor(atMs / DAY),
    dateOf: parseCivilDate,
  });
const shape = (order: Play) => tasks(order).map(({ key, after, length }) => `${key} ${length.days} < ${after.join(" ")}`);
const open = (order: Play) => tasks(order).flatMap(({ key, doneDay }) => (doneDay === null ? [key] : []));

describe("the plan of a connection", () => {
  test("an important customer's: reviews on the way, works as long as the customer says", () => {
    const order = surveying("connection-hv-single", {
      details: { load: "IMPORTANT", customerWorksDays: 45, missing: ["PROPERTY"] },
    });
    assert.deepEqual(shape(order), [
      "plan-reply 10 < ",
      "documents 5 < ",
      "design-review 3 < plan-reply",
      "customer-works 45 < plan-reply design-review",
      "mid-inspection 2 < design-review",
      "completion-inspection 3 < customer-works mid-inspection",
      "contract 1 < plan-reply documents",
      "energising 3 < plan-reply design-review customer-works mid-inspection completion-inspection contract",
    ]);
  });

  test("an ordinary customer's has no reviews, and a household's no works", () => {
    assert.deepEqual(
      tasks(surveying("connection-hv-dual")).map(({ key }) => key),
      ["plan-reply", "customer-works", "completion-inspection", "contract", "energising"],
    );
    assert.deepEqual(
      tasks(surveying("connection-resident")).map(({ key }) => key),
      ["plan-reply", "contract", "energising"],
    );
  });

  test("follows what the supply plan says: works on the utility's side, a fee", () => {
    const works = tasks(planned("connection-low-voltage", {}, { works: "UTILITY" })).map(({ key }) => key);
    assert.ok(works.includes("utility-works") && !works.includes("customer-works"));
    assert.ok(tasks(planned("connection-hv-dual", {}, { feeDue: true })).some(({ key }) => key === "fee"));
  });

  test("keeps the whole within its promise: the last step has what the others leave", () => {
    const energising = (promise: number | null) => {
      const { length } = tasks(surveying("connection-resident"), promise).at(-1) ?? {};
      return length?.days;
    };
    assert.deepEqual([energising(null), energising(20), energising(12), energising(5)], [3, 3, 1, 1]);
  });

  test("knows what is done, and that an inspection that found something is not", () => {
    const building = planned("connection-hv-single");
    assert.deepEqual(open(building), ["customer-works", "completion-inspection", "contract", "energising"]);
    const inspecting = later(building, 20, agent, "report-completion");
    assert.deepEqual(open(inspecting), ["completion-inspection", "contract", "energising"]);
    const failed = inspecting.act(handler, "inspect", { stage: "PRIMARY", passed: false, findings: "试验缺项" });
    assert.deepEqual(open(failed), ["customer-works", "completion-inspection", "contract", "energising"]);
    assert.deepEqual(open(energised(signed(passed(inspecting)))), []);
  });

  test("expects the customer's works by the day he named last, and else as long as he said", () => {
    const building = planned("connection-hv-single", { details: { customerWorksDays: 45 } });
    const answered = Math.floor((building.events.at(-1)?.atMs ?? 0) / DAY);
    const expected = (order: Play) => tasks(order).find(({ key }) => key === "customer-works")?.expectedDay;
    assert.equal(expected(building), answered + 45);
    const told = building.act(agent, "follow-up", { progress: "已进场", expectedOn: "2026-06-30" });
    assert.equal(expected(told), parseCivilDate("2026-06-30"));
  });
});

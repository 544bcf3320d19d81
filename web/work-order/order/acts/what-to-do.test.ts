import assert from "node:assert/strict";
import { test } from "node:test";
import { workOrderErrors } from "@bihuan/contract/errors/work-order.ts";
import { whatToDo } from "./what-to-do.ts";

test("what is withheld says what to do, and not that nothing was changed", () => {
  const { zh, en } = whatToDo(workOrderErrors["work-order.consultation-open"].action);
  assert.deepEqual([zh, en], ["请等待反馈或催促协办单位。", "Wait for the answer or urge the unit."]);
  for (const { action } of Object.values(workOrderErrors)) {
    const told = whatToDo(action);
    assert.ok(!told.zh.includes("未改动") || told.zh === action.zh, told.zh);
    assert.notEqual(told.zh, "");
  }
});

test("what begins otherwise stays as it is", () => {
  const text = { zh: "请选择有效的单位。", en: "Choose an active unit." };
  assert.deepEqual(whatToDo(text), text);
});

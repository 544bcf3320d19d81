import assert from "node:assert/strict";
import { test } from "node:test";
import { readViews, savedViewOf, saveView, viewOf } from "./views.ts";

test("filters are recognised as a view, whatever order stands open beside the list", () => {
  assert.equal(viewOf({})?.key, "open");
  assert.equal(viewOf({ clock: "overdue", open: "1012026061200000001" })?.key, "overdue");
  assert.equal(viewOf({ clock: "overdue", unit: 3 }), null);
});

test("a saved view replaces one of its name and forgets the open order", () => {
  const saved = saveView([{ name: "城东", search: { unit: 2 } }], "城东", { unit: 3, open: "1012026061200000001" });
  assert.deepEqual(saved, [{ name: "城东", search: { unit: 3 } }]);
  assert.equal(savedViewOf({ unit: 3 }, saved)?.name, "城东");
});

test("views are read as they were kept; what is none, or no longer fits, is left out", () => {
  assert.deepEqual(readViews([{ name: "城东", search: { unit: 3, clock: "late" } }, { name: 1 }, null, "x"]), [
    { name: "城东", search: { unit: 3 } },
  ]);
  assert.deepEqual(readViews(undefined), []);
});

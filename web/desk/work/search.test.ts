import assert from "node:assert/strict";
import { test } from "node:test";
import { filterOf, isFiltered, readKept, readWorkSearch } from "./search.ts";

test("an address says which tab, which filters and which order stands open", () => {
  const search = readWorkSearch({ tab: "waiting", flow: "complaint", kind: "review", unit: "12", open: "1012026061200000001" });
  assert.deepEqual(search, { tab: "waiting", flow: "complaint", kind: "review", unit: 12, open: "1012026061200000001" });
  assert.deepEqual(filterOf(search), { flow: "complaint", kind: "review", unit: 12 });
  assert.equal(isFiltered(readWorkSearch({ tab: "visits", day: "2026-06-12" })), false);
});

test("what does not fit is left out, of an address and of what was kept", () => {
  assert.deepEqual(readWorkSearch({ tab: "x", kind: "dance", unit: "-1", day: "today", open: 1 }), {});
  assert.deepEqual(readKept({ flow: "complaint", kind: "gone", tab: "unit" }), { flow: "complaint" });
  assert.deepEqual(readKept(null), {});
  assert.deepEqual(readKept("text"), {});
});

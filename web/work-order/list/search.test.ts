import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSearch, writeSearch } from "../../platform/search.ts";
import { filterCount, noFilters, orderFilter, readIntakeSearch, readOrderSearch } from "./search.ts";

test("an address becomes a filter, and what does not fit is left out", () => {
  const search = readOrderSearch({
    unit: "12",
    flow: "fault-repair",
    clock: "late",
    due: 240,
    text: "13800005678",
    open: "1012026061200000001",
    hack: 1,
  });
  assert.deepEqual(search, { unit: 12, flow: "fault-repair", due: 240, text: "13800005678", open: "1012026061200000001" });
  assert.deepEqual(orderFilter(search), {
    state: "open",
    unitId: 12,
    flow: "fault-repair",
    dueWithinMinutes: 240,
    text: "13800005678",
  });
  assert.equal(filterCount(search), 4);
});

test("taking the filters off leaves what is no filter: the state, the order, the one that stands open", () => {
  const search = readOrderSearch({
    unit: 12,
    customer: "7",
    text: "柳堤",
    state: "all",
    sort: "intake",
    open: "1012026061200000001",
  });
  const bare = readOrderSearch({ ...search, ...noFilters });
  assert.deepEqual(bare, { state: "all", sort: "intake", open: "1012026061200000001" });
  assert.equal(filterCount(bare), 0);
});

test("what one person has is asked for by number", () => {
  assert.deepEqual(orderFilter(readOrderSearch({ person: "17" })), { state: "open", holderId: 17 });
  assert.deepEqual(readOrderSearch({ person: "x" }), {});
});

test("an order's number never passes through a floating-point number", () => {
  const address = writeSearch(readOrderSearch({ open: "1012026061200000001", text: "王 & 李" }));
  assert.equal(address, "?text=%E7%8E%8B+%26+%E6%9D%8E&open=1012026061200000001");
  assert.deepEqual(readOrderSearch(parseSearch(address)), { open: "1012026061200000001", text: "王 & 李" });
  assert.deepEqual(readOrderSearch({ open: Number("1012026061200000001") }), {});
});

test("a new order may start from a flow and a customer", () => {
  assert.deepEqual(readIntakeSearch({ flow: "complaint", customer: "1010000000001", x: "" }), {
    flow: "complaint",
    customer: "1010000000001",
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { besides } from "./order-in-hand.ts";

const row = (orderId: string, address: string | null) => ({ orderId, address });
const rows = [row("1", "城东区***"), row("2", null), row("3", "南庄镇***"), row("4", "南庄镇***")];

test("an order is not offered to itself, and those at its address come first", () => {
  const inHand = { orderId: "3", flow: "fault-repair", address: "南庄镇***", sameBusiness: true };
  assert.deepEqual(
    besides(rows, inHand).map(({ orderId }) => orderId),
    ["4", "1", "2"],
  );
});

test("without an address, or outside an order, they stand as they came", () => {
  const inHand = { orderId: "3", flow: "fault-repair", address: null, sameBusiness: false };
  assert.deepEqual(
    besides(rows, inHand).map(({ orderId }) => orderId),
    ["1", "2", "4"],
  );
  assert.deepEqual(besides(rows, null), rows);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { conflictsOf, type Visit } from "./visits.ts";

const visit = (orderId: string, minute: number, holderId: number | null = 1): Visit => ({
  orderId,
  atMs: minute * 60_000,
  holderId,
});
const colliding = (...visits: Visit[]) => Object.fromEntries(conflictsOf(visits));

test("two visits of one person at one time collide, and each says with which", () => {
  assert.deepEqual(colliding(visit("a", 600), visit("b", 600)), { a: ["b"], b: ["a"] });
});

test("half an hour apart both can be kept", () => {
  assert.deepEqual(colliding(visit("a", 600), visit("b", 630)), {});
  assert.deepEqual(Object.keys(colliding(visit("b", 629), visit("a", 600))).sort(), ["a", "b"]);
});

test("two people may go at one time, and what nobody has collides with nothing", () => {
  assert.deepEqual(colliding(visit("a", 600, 1), visit("b", 600, 2), visit("c", 600, null), visit("d", 600, null)), {});
});

test("of three close together each names the others it collides with", () => {
  assert.deepEqual(colliding(visit("a", 600), visit("b", 620), visit("c", 640)), { a: ["b"], b: ["a", "c"], c: ["b"] });
});

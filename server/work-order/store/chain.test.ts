import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plainEvent } from "@bihuan/core/flow/outcome.ts";
import type { OrderEvent } from "@bihuan/core/flow/event.ts";
import { eventHash, moveOf, newSalt, personalDigest } from "./chain.ts";
import { chainEvents } from "./event-store.ts";

const event: OrderEvent = {
  ...plainEvent("dispatch", { unitId: 4 }, { step: "accepting", unitId: 4, holderId: null }),
  seq: 2,
  atMs: 1000,
  actor: { kind: "staff", id: 12 },
  actingUnitId: 3,
};
const order = "1012026032000000001";
const [digest, previous] = [Buffer.from("aa", "hex"), Buffer.from("bb", "hex")];
const hash = (change: Partial<OrderEvent> = {}) =>
  eventHash(order, { ...event, ...change }, 1000, digest, previous).toString("hex");

describe("the link of an event", () => {
  const changes: readonly [string, string][] = [
    ["its number", hash({ seq: 3 })],
    ["its type", hash({ type: "transfer" })],
    ["its instant", hash({ atMs: 1001 })],
    ["a key in place of a person", hash({ actor: { kind: "api-key", id: 12 } })],
    ["another person", hash({ actor: { kind: "staff", id: 13 } })],
    ["the unit acted for", hash({ actingUnitId: null })],
    ["where the order stood then", hash({ step: "callback" })],
    ["the unit that had it", hash({ unitId: 5 })],
    ["its data", hash({ data: { unitId: 5 } })],
    ["the order", eventHash("1012026032000000002", event, 1000, digest, previous).toString("hex")],
    ["when it was recorded", eventHash(order, event, 1001, digest, previous).toString("hex")],
    ["its personal data", eventHash(order, event, 1000, null, previous).toString("hex")],
    ["the event before it", eventHash(order, event, 1000, digest, null).toString("hex")],
  ];
  for (const [what, changed] of changes) test(`changes with ${what}`, () => assert.notEqual(changed, hash()));

  test("is the same for the same event, and tells nothing of the personal text itself", () => {
    assert.equal(hash({ personal: { note: "王小明" } }), hash());
    assert.deepEqual(changes.map(([, changed]) => changed).length, new Set(changes.map(([, changed]) => changed)).size);
  });
});

test("a telephone number cannot be guessed from its digest: each has a salt of its own", () => {
  const personal = { contactPhone: "13812345678" };
  const [one, two] = [newSalt(), newSalt()];
  assert.equal(one.length, 16);
  assert.ok(!personalDigest(one, personal).equals(personalDigest(two, personal)));
  assert.ok(personalDigest(one, personal).equals(personalDigest(one, { ...personal })));
});

test("new events go on from the last one, numbered and linked", () => {
  const recording = { atMs: 5, recordedAtMs: 6, actor: event.actor, actingUnitId: 3 };
  const [third, fourth] = chainEvents(order, { seq: 2, hash: previous }, [plainEvent("note"), plainEvent("urge")], recording);
  assert.deepEqual([third?.event.seq, fourth?.event.seq], [3, 4]);
  assert.deepEqual([third?.previous, fourth?.previous], [previous, third?.hash]);
  assert.deepEqual([third?.salt, third?.digest], [null, null], "nothing personal, nothing salted");
});

test("only what changes is kept of where an order stands: null is a change, absence is none", () => {
  assert.deepEqual(moveOf({ step: null }), { step: null });
  assert.deepEqual(moveOf({ holderId: null, unitId: 4 }), { unitId: 4, holderId: null });
  assert.deepEqual(moveOf({}), {});
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { allowedActions } from "@bihuan/core/flow/engine.ts";
import { flowArbitrary, formFor, movesArbitrary, persons } from "@bihuan/core/flow/testing/walk.ts";
import { contextFor } from "@bihuan/core/flow/testing/world.ts";
import { flows } from "@bihuan/core/flows.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import * as fc from "fast-check";
import { testDatabase } from "../../platform/testing/database.ts";
import { actOnOrder } from "./act.ts";
import { audit } from "../audit/audit.ts";
import { openDesk, scopeOf, seedOrganisation } from "../testing/desk.ts";
import { takeInHand } from "./in-hand.ts";
import { actingAs } from "../world.ts";

const db = await testDatabase();
await seedOrganisation(db);

test("whatever people do through the real commands, invariants 1 to 4 and 6 hold: the audit finds nothing", async () => {
  const desk = await openDesk(db);
  const known: string[] = [];
  await fc.assert(
    fc.asyncProperty(flowArbitrary, movesArbitrary, async (flowId, moves) => {
      const key = `walk-${known.length}`;
      const subtype = Object.keys(flows.get(flowId).subtypes)[0] ?? null;
      const { orderId } = await desk.takeIn(flowId, { key, subtype });
      assert.equal((await desk.takeIn(flowId, { key, subtype })).orderId, orderId, "the same key yields the same order");
      known.push(orderId);
      for (const [index, move] of moves.entries()) {
        desk.time.advanceMs(move.afterMinutes * 60_000);
        const { state } = await db.transaction(async (tx) => {
          const order = (await takeInHand(tx, desk.ports, [orderId])).get(orderId);
          assert.ok(order);
          return order;
        });
        const nowMs = desk.time.nowMs();
        const offers = persons.flatMap((person) =>
          allowedActions(flows.get(state.flow), state, contextFor(person, nowMs)).map((action) => ({ person, action })),
        );
        const onward = offers.filter(({ action }) => action.tone === "primary");
        const from = onward.length > 0 && move.choice % 3 !== 0 ? onward : offers;
        const offer = from[Math.floor(move.choice / 3) % Math.max(1, from.length)];
        if (!offer) continue;
        // Orders taken in earlier serve as masters and as others to link.
        const other = known[move.dice % known.length] as string;
        const form = { ...formFor(offer.action.key, state, nowMs, move.dice) };
        if (offer.action.key === "merge") form["masterId"] = other;
        if (offer.action.key === "link") Object.assign(form, { orderId: other, kind: "RELATED" });
        await actOnOrder(desk.platform, desk.ports, actingAs(scopeOf(offer.person)), {
          orderId,
          action: offer.action.key,
          version: state.version,
          form,
          key: `${key}-${index}`,
        }).then((result) => {
          if (isRefusal(result)) assert.notEqual(result.refused, "request.idempotency-key-reused");
        });
      }
    }),
    { numRuns: 25 },
  );
  const result = await audit(db, desk.ports);
  assert.deepEqual(result.violations, []);
  assert.ok(result.events > result.orders * 3, "the walks did something");
});

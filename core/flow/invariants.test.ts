import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import type { Clock } from "../clock/types.ts";
import { flows } from "../flows.ts";
import { closingConditions } from "./actions/closing.ts";
import { applyEvent, foldOrder, hasHandled, isOpen, type OrderState } from "./state.ts";
import { clocksOf } from "./testing/world.ts";
import { flowArbitrary, movesArbitrary, walk } from "./testing/walk.ts";

const moves = movesArbitrary;
const live = (clock: Clock) => clock.status === "running" || clock.status === "paused";

describe("invariants of every order, over random walks", () => {
  test("1: an open order has one step and unit, and a running clock; a suspended one the clock of its suspension", () => {
    fc.assert(
      fc.property(flowArbitrary, moves, (flowId, walked) => {
        walk(flowId, walked, (events) => {
          const state = foldOrder(events);
          const clocks = clocksOf(events);
          if (!isOpen(state)) {
            assert.equal(state.step, null);
            assert.ok(!clocks.some(live), "a clock runs although the order is closed");
            return;
          }
          assert.ok(state.step !== null && state.step in flows.get(state.flow).steps, `${state.flow} has no step ${state.step}`);
          assert.ok(state.unitId > 0);
          assert.ok(
            clocks.some((clock) => clock.status === "running"),
            `no clock runs in ${state.flow} ${state.step} after ${events.map((event) => event.type).join(" ")}`,
          );
          if (state.suspension) assert.ok(clocks.some((clock) => clock.slot === "suspension" && clock.status === "running"));
        });
      }),
      { numRuns: 120 },
    );
  });

  test("3: nothing is archived unless its conditions are met, and never by one who handled it", () => {
    fc.assert(
      fc.property(flowArbitrary, moves, (flowId, walked) => {
        const events = walk(flowId, walked);
        let state: OrderState | null = null;
        for (const event of events) {
          if (state && event.type === "archive") {
            assert.deepEqual(
              closingConditions(state, flows.get(state.flow).noCallbackReasons).filter((condition) => !condition.met),
              [],
            );
            assert.ok(!hasHandled(state, event.actor));
          }
          state = applyEvent(state, event);
        }
      }),
      { numRuns: 120 },
    );
  });

  test("4: what comes later never changes the clocks of an episode that is over, nor any clock that has stopped", () => {
    fc.assert(
      fc.property(flowArbitrary, moves, (flowId, walked) => {
        let stopped = new Map<number, Clock>();
        walk(flowId, walked, (events) => {
          const clocks = clocksOf(events);
          for (const [number, clock] of stopped) assert.deepEqual(clocks[number - 1], clock);
          stopped = new Map(clocks.filter((clock) => !live(clock)).map((clock) => [clock.number, clock]));
        });
      }),
      { numRuns: 80 },
    );
  });

  test("the state does not depend on personal data: erasing them changes nothing", () => {
    fc.assert(
      fc.property(flowArbitrary, moves, (flowId, walked) => {
        const events = walk(flowId, walked);
        assert.deepEqual(foldOrder(events.map((event) => ({ ...event, personal: null }))), foldOrder(events));
      }),
      { numRuns: 50 },
    );
  });
});

// A master and the repeats under it, over random walks of the master: what one order's invariants promise holds for the whole family.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import type { Clock } from "../clock/types.ts";
import { flows } from "../flows.ts";
import { isRefusal } from "../refusal.ts";
import { callersOwnReasons } from "./actions/suspension.ts";
import { mirrorsOf } from "./actions/merging.ts";
import { decide } from "./engine.ts";
import type { OrderEvent } from "./event.ts";
import { foldOrder, hasHandled, isOpen, type OrderState } from "./state.ts";
import { clocksOf, contextFor, number, people, takeIn } from "./testing/world.ts";
import { flowArbitrary, type Move, movesArbitrary, walk } from "./testing/walk.ts";

const MASTER = "1012026032000000009";
const subtypeOf = (flowId: string) => Object.keys(flows.get(flowId).subtypes)[0] ?? null;

// A repeat of the same kind, merged under the master as it stands; null where the rules refuse it.
function joined(flowId: string, master: OrderState, nowMs: number): readonly OrderEvent[] | null {
  const start = takeIn(flowId, { subtype: subtypeOf(flowId), at: new Date(nowMs).toISOString() });
  const ready = start.state.step === "grading" ? start.act(people.dispatcher, "grade", { grade: "GENERAL" }) : start;
  const at = (ready.events.at(-1) as OrderEvent).atMs + 60_000;
  const decided = decide(
    flows.get(flowId),
    ready.state,
    "merge",
    { masterId: MASTER },
    contextFor(people.dispatcher, at, new Map([[MASTER, master]])),
  );
  return isRefusal(decided) ? null : [...ready.events, ...number(decided, ready.state.version, at, people.dispatcher)];
}

/** Walks a master; a repeat joins it at its `joinsAt`-th batch of events. `visit` sees both after each batch from then on. */
function walkFamily(
  flowId: string,
  moves: readonly Move[],
  joinsAt: number,
  visit: (master: OrderState, child: readonly OrderEvent[], masters: readonly OrderEvent[]) => void,
): void {
  let batches = 0;
  let seen = 0;
  let child: readonly OrderEvent[] | null = null;
  walk(flowId, moves, (events) => {
    const master = foldOrder(events);
    const last = events.at(-1) as OrderEvent;
    if (child) {
      const state = foldOrder(child);
      if (state.masterId !== null && state.step === "merged" && isOpen(state)) {
        const atMs = Math.max(last.atMs, (child.at(-1) as OrderEvent).atMs);
        const added = mirrorsOf(events.slice(seen), MASTER, master, state, flows.get(state.flow));
        child = [...child, ...number(added, state.version, atMs, people.handler)];
      }
    } else if (batches++ === joinsAt) child = joined(flowId, master, last.atMs);
    seen = events.length;
    if (child) visit(master, child, events);
  });
}

type Seen = {
  readonly master: OrderState;
  readonly masters: readonly OrderEvent[];
  readonly child: OrderState;
  readonly events: readonly OrderEvent[];
};
const family = (visit: (seen: Seen) => void, numRuns = 120) =>
  fc.assert(
    fc.property(flowArbitrary, movesArbitrary, fc.nat(6), (flowId, moves, joinsAt) => {
      walkFamily(flowId, moves, joinsAt, (master, events, masters) =>
        visit({ master, masters, child: foldOrder(events), events }),
      );
    }),
    { numRuns },
  );

describe("a repeat, whatever happens to its master", () => {
  test("1: stands in one step of its flow with a running clock; suspended, its suspension has one", () => {
    family(({ child, events }) => {
      const clocks = clocksOf(events);
      assert.ok(child.step !== null && child.step in flows.get(child.flow).steps, `step ${child.step}`);
      assert.ok(clocks.some((clock) => clock.status === "running"));
      const own = clocks.filter((clock) => clock.slot === "suspension" && clock.stoppedAtMs === null);
      assert.equal(own.length, child.suspension === null ? 0 : 1);
    });
  });

  test("waits under its master while that is at work, and never after", () => {
    family(({ master, child }) => {
      if (child.step === "merged") {
        assert.ok(isOpen(master), "the master is closed and brings nothing any more");
        assert.equal(master.flow, child.flow);
        assert.ok(master.episode > 1 || !["callback", "archiving"].includes(master.step ?? ""), "it is answered");
      } else assert.ok(child.masterId === null || child.reviewLevel > 0, "free, or answered with the master");
    });
  });

  test("is suspended exactly while its master is, for a reason that is everybody's", () => {
    family(({ master, child }) => {
      if (child.step !== "merged") return assert.equal(child.suspension, null);
      const shared = master.suspension !== null && !callersOwnReasons.has(master.suspension.reason);
      assert.equal(child.status, shared ? "SUSPENDED" : "OPEN");
      if (shared) assert.equal(child.suspension?.untilMs, master.suspension?.untilMs);
    });
  });

  test("3: is not called back before its master's reply has passed; whoever worked on the master does not verify it", () => {
    family(({ child, events, masters }) => {
      if (child.step !== "callback" && child.step !== "archiving") return;
      const passed = events.find(({ type, data }) => type === "review-passed" && data["viaMasterId"] === MASTER);
      assert.ok(passed && child.reviewLevel > 0);
      const then = foldOrder(masters.slice(0, passed.data["masterSeq"] as number));
      assert.ok(then.handlers.length > 0);
      for (const handler of then.handlers) assert.ok(hasHandled(child, handler), JSON.stringify(handler));
    });
  });

  test("4: what stopped stays as it was, whatever the master does", () => {
    fc.assert(
      fc.property(flowArbitrary, movesArbitrary, fc.nat(6), (flowId, moves, joinsAt) => {
        let stopped = new Map<number, Clock>();
        walkFamily(flowId, moves, joinsAt, (_, child) => {
          const clocks = clocksOf(child);
          for (const [position, clock] of stopped) assert.deepEqual(clocks[position - 1], clock);
          stopped = new Map(clocks.filter(({ stoppedAtMs }) => stoppedAtMs !== null).map((clock) => [clock.number, clock]));
        });
      }),
      { numRuns: 60 },
    );
  });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { accepted, dispatched, type RefusalCase, refusals, taken } from "../testing/stories.ts";
import { people, type Play } from "../testing/world.ts";
import { MOST_EXTENSION_DAYS } from "./extension.ts";
import { callersOwnReasons, suspensionReasons } from "./suspension.ts";

const { agent, dispatcher, handler, reviewer, verifier, manager } = people;
const DAY = 86_400_000;
const HOUR = 3_600_000;
/** The instant at which the next action of a story happens. */
const next = (order: Play) => (order.events.at(-1)?.atMs ?? 0) + 60_000;
const iso = (atMs: number) => new Date(atMs).toISOString();

const suspend = (until: number, reason = "MATERIAL") => ({ reason, until: iso(until), note: "待料" });
const granted = (order: Play, atMs?: number) =>
  order.act(manager, "decide", { requestSeq: order.state.requests[0]?.seq, approved: true }, atMs);
const suspended = (reason?: string) => {
  const order = accepted();
  return granted(order.act(handler, "request-suspension", suspend(next(order) + DAY, reason)));
};

const cases: readonly RefusalCase[] = [
  ["an agent does not resume", suspended, agent, "resume", {}, "not-yours"],
  ["nor a verifier", suspended, verifier, "resume", {}, "not-yours"],
  ["what stands still is not passed on", suspended, manager, "transfer", { unitId: 5, reason: "x" }, "suspended"],
  ["nor returned", suspended, handler, "return", { reason: "OTHER", note: "x" }, "suspended"],
  ["nor relabelled", suspended, dispatcher, "request-reclassification", { flow: "opinion", reason: "x" }, "suspended"],
];

describe("suspending", () => {
  refusals(cases);

  for (const maxDays of [1, 7, 180]) {
    const order = accepted().under({ suspension: { maxDays } });
    test(`lasts ${maxDays} days at most where that is the rule, and that long exactly`, () => {
      const most = next(order) + maxDays * DAY;
      assert.equal(order.act(handler, "request-suspension", suspend(most)).state.requests.length, 1);
      assert.equal(order.refused(handler, "request-suspension", suspend(most + 1)), "work-order.suspension-too-long");
    });
    test(`is measured again when it is granted, for ${maxDays} days`, () => {
      const asked = order.act(handler, "request-suspension", suspend(next(order) + maxDays * DAY));
      assert.equal(granted(asked, next(asked) + HOUR).state.status, "SUSPENDED", "a decision later only makes it shorter");
    });
  }

  test("ends later than now, by a millisecond at least", () => {
    const order = accepted();
    assert.equal(order.refused(handler, "request-suspension", suspend(next(order))), "work-order.suspension-end-past");
    assert.equal(order.act(handler, "request-suspension", suspend(next(order) + 1)).state.requests.length, 1);
  });

  test("stops the clocks whose rule names its reason, and starts one of its own", () => {
    const status = (order: Play, slot: string) => order.clocks.find((clock) => clock.slot === slot)?.status;
    assert.deepEqual([status(suspended(), "handling"), status(suspended(), "suspension")], ["running", "running"]);
    const waiting = suspended("CUSTOMER_WORKS");
    assert.deepEqual([status(waiting, "handling"), status(waiting, "suspension")], ["paused", "running"]);
    const on = waiting.act(handler, "resume");
    assert.deepEqual([status(on, "handling"), status(on, "suspension")], ["running", "met"]);
  });

  test("is ended by the crew, the dispatcher or the manager, and the order goes on where it stood", () => {
    for (const person of [handler, dispatcher, manager]) {
      const { state } = suspended().act(person, "resume", { note: "料到" });
      assert.deepEqual([state.status, state.step, state.suspension], ["OPEN", "travelling", null]);
    }
  });

  test("may follow another, each with its own clock", () => {
    const order = suspended().act(handler, "resume");
    const again = granted(order.act(handler, "request-suspension", suspend(next(order) + DAY)));
    assert.deepEqual(
      again.clocks.filter(({ slot }) => slot === "suspension").map(({ round, status }) => [round, status]),
      [
        [1, "met"],
        [2, "running"],
      ],
    );
  });

  test("every reason is one caller's own or everybody's", () => {
    for (const reason of Object.keys(suspensionReasons))
      assert.equal(callersOwnReasons.has(reason), reason.startsWith("CUSTOMER_"), reason);
  });
});

describe("extending", () => {
  const extend = (dueAtMs: number) => ({ dueAt: iso(dueAtMs), reason: "待件" });

  test("reaches a year and its leap day ahead, and that long exactly", () => {
    const order = accepted();
    const most = next(order) + MOST_EXTENSION_DAYS * DAY;
    assert.equal(order.act(handler, "request-extension", extend(most)).state.requests.length, 1);
    assert.equal(order.refused(handler, "request-extension", extend(most + 1)), "work-order.extension-too-long");
    assert.equal(order.refused(handler, "request-extension", extend(next(order))), "work-order.extension-past");
  });

  const steps: readonly [string, () => Play, typeof handler | typeof dispatcher | typeof reviewer][] = [
    ["taken in", taken, dispatcher],
    ["dispatched", dispatched, handler],
    ["handled", accepted, handler],
    ["suspended", suspended, handler],
  ];
  for (const [when, story, person] of steps)
    test(`is asked for while the order is ${when}, and moves nothing but due times`, () => {
      const order = story();
      const extended = granted(order.act(person, "request-extension", extend(next(order) + 40 * DAY)));
      for (const field of ["step", "unitId", "holderId", "status"] as const)
        assert.deepEqual(extended.state[field], order.state[field], field);
      const answer = extended.clocks.find(({ slot }) => slot === "answer");
      assert.equal(answer?.dueAtMs, next(order) + 40 * DAY);
    });

  test("that ends before a clock is due leaves it, and moves those due earlier", () => {
    const order = dispatched("opinion").act(handler, "accept");
    const extended = granted(order.act(handler, "request-extension", extend(next(order) + 30 * HOUR)));
    const due = (slot: string) => extended.clocks.find((clock) => clock.slot === slot)?.dueAtMs ?? 0;
    assert.equal(due("answer"), next(order) + 30 * HOUR, "24 hours from intake would have been earlier");
    assert.ok(due("handling") > next(order) + 30 * HOUR, "four working days are later");
  });
});

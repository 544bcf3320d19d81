import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Policies } from "../../clock/rules/policies.ts";
import { answered, reached } from "../testing/stories.ts";
import { people, type Play } from "../testing/world.ts";

const { verifier } = people;
const unreached = { result: "NOT_REACHED" };
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** An instant of 20 March in Shanghai, or of a later day. */
const at = (time: string, daysLater = 0) => Date.parse(`2026-03-20T${time}:00+08:00`) + daysLater * DAY;
const calling = (policy: Partial<Policies["callback"]>): Play => answered().under({ callback: policy });

describe("when a customer may be called is the rulebook's to say", () => {
  const hours: readonly [nightFrom: string, nightTo: string, time: string, allowed: boolean][] = [
    ["21:00", "08:00", "20:59", true],
    ["21:00", "08:00", "21:00", false],
    ["21:00", "08:00", "23:59", false],
    ["21:00", "08:00", "00:00", false],
    ["21:00", "08:00", "07:59", false],
    ["21:00", "08:00", "08:00", true],
    // A rest at noon instead of the night.
    ["12:00", "14:00", "11:59", true],
    ["12:00", "14:00", "12:00", false],
    ["12:00", "14:00", "13:59", false],
    ["12:00", "14:00", "14:00", true],
    ["12:00", "14:00", "02:00", true],
    // From and to the same time: no time at all.
    ["08:00", "08:00", "08:00", true],
    ["08:00", "08:00", "03:00", true],
  ];
  for (const [nightFrom, nightTo, time, allowed] of hours)
    test(`${time} ${allowed ? "is" : "is not"} between ${nightTo} and ${nightFrom}`, () => {
      const order = calling({ nightFrom, nightTo });
      if (allowed) assert.equal(order.act(verifier, "callback", unreached, at(time, 1)).state.callbacks.length, 1);
      else assert.equal(order.refused(verifier, "callback", unreached, at(time, 1)), "work-order.callback-at-night");
    });

  const spacings: readonly [minutes: number, later: number, allowed: boolean][] = [
    [120, 119, false],
    [120, 120, true],
    [0, 0, true],
    [30, 29, false],
    [30, 30, true],
  ];
  for (const [spacingMinutes, later, allowed] of spacings)
    test(`${later} minutes after a call in vain, where ${spacingMinutes} are asked for`, () => {
      const order = calling({ spacingMinutes }).act(verifier, "callback", unreached, at("10:00", 1));
      const next = at("10:00", 1) + later * MINUTE;
      if (allowed) assert.equal(order.act(verifier, "callback", unreached, next).state.callbacks.length, 2);
      else assert.equal(order.refused(verifier, "callback", unreached, next), "work-order.callback-too-soon");
    });

  for (const attempts of [1, 2, 5])
    test(`after ${attempts} in vain the order goes to be archived`, () => {
      let order = calling({ attempts, spacingMinutes: 0 });
      for (let count = 1; count <= attempts; count++) {
        assert.equal(order.state.step, "callback", `call ${count}`);
        order = order.act(verifier, "callback", unreached, at("10:00", 1) + count * MINUTE);
        assert.equal(order.events.at(-1)?.data["attempts"], count);
      }
      assert.deepEqual([order.state.step, order.state.callbackOutcome], ["archiving", "NOT_REACHED"]);
    });
});

describe("what a callback brings", () => {
  test("who was reached after calls in vain ends them", () => {
    const order = calling({ spacingMinutes: 0 })
      .act(verifier, "callback", unreached, at("10:00", 1))
      .act(verifier, "callback", reached("BASICALLY"), at("10:01", 1));
    assert.deepEqual([order.state.status, order.state.callbackOutcome], ["ARCHIVED", "BASICALLY"]);
    assert.deepEqual(
      order.state.callbacks.map(({ result, satisfaction }) => [result, satisfaction]),
      [
        ["NOT_REACHED", null],
        ["REACHED", "BASICALLY"],
      ],
    );
  });

  test("one call declined is enough, however many are asked for", () => {
    const order = calling({ attempts: 20 }).act(verifier, "callback", { result: "DECLINED" }, at("10:00", 1));
    assert.deepEqual([order.state.step, order.state.callbackOutcome], ["archiving", "DECLINED"]);
  });

  test("a satisfaction that nobody gave is not kept", () => {
    const order = answered().act(verifier, "callback", { ...unreached, satisfaction: "SATISFIED" }, at("10:00", 1));
    assert.equal(order.state.callbacks[0]?.satisfaction, null);
    assert.equal(order.events.at(-1)?.data["satisfaction"], undefined);
  });

  test("the callback's own clock runs until a call concluded it", () => {
    const clock = (order: Play) => order.clocks.find(({ slot }) => slot === "callback");
    const once = answered().act(verifier, "callback", unreached, at("10:00", 1));
    assert.equal(clock(once)?.stoppedAtMs, null, "a call in vain is no callback");
    const told = once.act(verifier, "callback", reached("SATISFIED"), at("13:00", 1));
    assert.equal(clock(told)?.stoppedAtMs, at("13:00", 1));
  });
});

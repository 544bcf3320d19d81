import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { flows } from "../flows.ts";
import { isRefusal } from "../refusal.ts";
import { allowedActions, decide, refusalOf, withheldActions } from "./engine.ts";
import { systemActor } from "./event.ts";
import { accepted, answered, archived, dispatched, replied, remoteReply, taken } from "./testing/stories.ts";
import { contextFor, people, type Person, type Play } from "./testing/world.ts";

const { agent, dispatcher, handler, reviewer, verifier, manager } = people;
const now = (order: Play) => (order.events.at(-1)?.atMs ?? 0) + 60_000;
const allowed = (order: Play, person: Person) =>
  allowedActions(flows.get(order.state.flow), order.state, contextFor(person, now(order))).map((action) => action.key);

describe("what may be done now", () => {
  const rows: readonly [string, () => Play, Person, string[]][] = [
    ["a new fault, by the dispatcher", taken, dispatcher, ["dispatch", "merge"]],
    ["a dispatched one, by its crew", dispatched, handler, ["accept", "return", "consult"]],
    ["an accepted one, by its crew", accepted, handler, ["arrive", "reply", "return", "consult", "request-suspension"]],
    ["a reply, by its reviewer", replied, reviewer, ["review-reply"]],
    ["a reviewed one, by the verifier", answered, verifier, ["callback"]],
    ["an archived one, by the agent", archived, agent, ["reopen"]],
    ["an archived one, by its crew", archived, handler, []],
  ];
  const common = new Set(["note", "attach", "link", "urge", "withdraw", "transfer"]);
  for (const [who, order, person, keys] of rows)
    test(who, () => {
      const offered = allowed(order(), person).filter((key) => !common.has(key) && !/^request-(?!suspension)/.test(key));
      assert.deepEqual(offered, keys);
    });

  test("the reasons come in order: unknown, forbidden, out of place", () => {
    const order = archived();
    const code = (person: Person, action: string) =>
      refusalOf(flows.get("fault-repair"), order.state, action, contextFor(person, now(order)))?.refused;
    assert.equal(code(handler, "fly"), "work-order.action-unknown");
    assert.equal(code(handler, "dispatch"), "work-order.not-yours");
    assert.equal(code(dispatcher, "dispatch"), "work-order.closed");
  });

  test("what every object has by birth is no action", () => {
    const order = taken();
    for (const key of ["constructor", "toString", "__proto__", "hasOwnProperty"])
      assert.equal(order.refused(manager, key), "work-order.action-unknown");
  });

  test("what is not offered is refused as well, whatever the form", () => {
    for (const action of Object.values(flows.get("fault-repair").actions)) {
      const order = replied();
      if (!allowed(order, handler).includes(action.key)) assert.throws(() => order.act(handler, action.key, {}));
    }
  });
});

describe("what a rule forbids just now, told before anybody tries", () => {
  const at = (order: Play, text?: string) => (text === undefined ? now(order) : Date.parse(text));
  const consulting = () => accepted().act(handler, "consult", { unitIds: [5], question: "请核实" });
  const calledOnce = (time: string) => answered().act(verifier, "callback", { result: "NOT_REACHED" }, Date.parse(time));
  const requesting = () => accepted().act(handler, "request-extension", { dueAt: "2026-03-25T02:00:00Z", reason: "备件未到" });
  const ownReply = () => {
    const { allRounder } = people;
    return accepted().act(allRounder, "reply", remoteReply);
  };
  const rows: readonly [string, () => Play, Person, string | undefined, [string, string, string?][]][] = [
    ["nothing, where everything may be done", accepted, handler, undefined, []],
    ["a unit was asked and has not answered", consulting, handler, undefined, [["reply", "consultation-open"]]],
    ["a request waits already", requesting, handler, undefined, [["request-extension", "request-pending"]]],
    [
      "who replied neither reviews nor withdraws",
      ownReply,
      people.allRounder,
      undefined,
      [
        ["review-reply", "review-own-reply"],
        ["withdraw", "verifier-is-handler"],
      ],
    ],
    [
      "the night, and when it ends",
      answered,
      verifier,
      "2026-03-20T14:10:30Z",
      [["callback", "callback-at-night", "2026-03-21T00:00:00.000Z"]],
    ],
    [
      "after midnight the same morning",
      answered,
      verifier,
      "2026-03-20T17:00:00Z",
      [["callback", "callback-at-night", "2026-03-21T00:00:00.000Z"]],
    ],
    [
      "the distance between calls",
      () => calledOnce("2026-03-20T04:00:00Z"),
      verifier,
      "2026-03-20T05:00:00Z",
      [["callback", "callback-too-soon", "2026-03-20T06:00:00.000Z"]],
    ],
    [
      "a distance that ends at night lasts until the morning",
      () => calledOnce("2026-03-20T12:30:00Z"),
      verifier,
      "2026-03-20T12:45:00Z",
      [["callback", "callback-too-soon", "2026-03-21T00:00:00.000Z"]],
    ],
    ["nothing of another's role", answered, handler, "2026-03-20T14:10:30Z", []],
    ["nothing of what there is no occasion for", accepted, manager, undefined, []],
  ];
  for (const [rule, play, person, time, expected] of rows)
    test(rule, () => {
      const order = play();
      const withheld = withheldActions(flows.get(order.state.flow), order.state, contextFor(person, at(order, time)));
      assert.deepEqual(
        withheld.map(({ action, refusal: { refused, facts } }) => [
          action.key,
          refused.replace("work-order.", ""),
          ...(typeof facts["nextAtMs"] === "number" ? [new Date(facts["nextAtMs"]).toISOString()] : []),
        ]),
        expected,
      );
      for (const { action, refusal } of withheld)
        assert.equal(order.refused(person, action.key, {}, at(order, time)), refusal.refused);
    });
});

describe("deciding", () => {
  test("a form is strict: a field it does not name is refused", () => {
    assert.equal(taken().refused(dispatcher, "dispatch", { unitId: 4, holderId: 13 }), "work-order.form-invalid");
    assert.equal(taken().refused(dispatcher, "dispatch", null), "work-order.form-invalid");
    assert.equal(taken().refused(dispatcher, "dispatch", "unitId=4"), "work-order.form-invalid");
  });

  test("the system acts without a role, yet by the same rules", () => {
    const order = dispatched();
    const context = { ...contextFor(agent, now(order)), actor: systemActor, rolesOver: () => new Set<never>() };
    const flow = flows.get("fault-repair");
    assert.ok(!isRefusal(decide(flow, order.state, "accept", {}, context)));
    const early = decide(flow, order.state, "archive", {}, context);
    assert.ok(isRefusal(early) && early.refused === "work-order.wrong-step");
  });

  test("deciding changes nothing that it was given", () => {
    const order = accepted();
    const before = structuredClone(order.state);
    order.act(handler, "arrive", { arrivedAt: new Date(now(order)).toISOString() });
    assert.deepEqual(order.state, before);
  });
});

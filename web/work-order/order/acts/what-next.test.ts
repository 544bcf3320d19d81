import assert from "node:assert/strict";
import { test } from "node:test";
import type { OrderView } from "@bihuan/contract/work-order.ts";
import { flows } from "@bihuan/core/flows.ts";
import { asksNothing, proposedUnit, startOf, whatNext } from "./what-next.ts";

const flow = {
  actions: Object.values(flows.get("fault-repair").actions).map(({ key, outcomes }) => ({
    key,
    outcomes: outcomes.map(({ type, to }) => ({ type, to: to ?? null })),
  })),
  slots: flows.get("fault-repair").slots.map(({ key, until }) => ({ key, until: [...until] })),
};
const action = (key: string, tone: "primary" | "normal" | "danger" = "normal") => ({ key, tone });
const clock = (
  slot: string,
  dueAt: string | null,
  limitKind: "max" | "average" = "max",
  status: "running" | "met" = "running",
) => ({
  slot,
  dueAt,
  limitKind,
  status,
});
const said = ({ next, others }: ReturnType<typeof whatNext<ReturnType<typeof action>, ReturnType<typeof clock>>>) => ({
  next: next.map((offer) => [offer.action.key, offer.clock?.slot ?? null]),
  others: others.map(({ key }) => key),
});

test("what is due first comes first, also before the main way", () => {
  const actions = [
    action("restore", "primary"),
    action("return"),
    action("answer-urge"),
    action("request-termination", "danger"),
  ];
  const clocks = [clock("restoration", "2026-06-12T10:57:00Z"), clock("urge", "2026-06-12T05:06:00Z")];
  assert.deepEqual(said(whatNext(actions, clocks, flow)), {
    next: [
      ["answer-urge", "urge"],
      ["restore", "restoration"],
    ],
    others: ["return", "request-termination"],
  });
});

test("an average does not push a promise that can be missed aside", () => {
  const clocks = [clock("restoration", "2026-06-12T06:57:00Z", "average"), clock("restoration", "2026-06-12T10:57:00Z")];
  const { next } = whatNext([action("restore", "primary")], clocks, flow);
  assert.equal(next[0]?.clock?.limitKind, "max");
});

test("returning stops clocks too, but nobody is asked to return", () => {
  const { next, others } = whatNext([action("return")], [clock("restoration", "2026-06-12T10:57:00Z")], flow);
  assert.deepEqual([next.length, others.length], [0, 1]);
});

test("a clock that has stopped asks for nothing, and what leads on stands in front without one", () => {
  const clocks = [clock("arrival", "2026-06-12T04:00:00Z", "max", "met")];
  assert.deepEqual(said(whatNext([action("consult"), action("arrive", "primary")], clocks, flow)), {
    next: [["arrive", null]],
    others: ["consult"],
  });
});

test("before the flows are read, the main way stands in front", () => {
  assert.deepEqual(said(whatNext([action("return"), action("restore", "primary")], [], null)), {
    next: [["restore", null]],
    others: ["return"],
  });
});

test("an action whose fields may all stay empty needs one stroke", () => {
  const note = { type: "string", bihuan: { label: { zh: "备注", en: "Note" } } };
  assert.equal(asksNothing({ form: { type: "object", properties: { note } } }), true);
  assert.equal(asksNothing({ form: { type: "object", properties: {} } }), true);
  assert.equal(asksNothing({ form: { type: "object", properties: { note }, required: ["note"] } }), false);
});

type Event = OrderView["events"][number];
const event = (seq: number, type: string, data: Event["data"] = {}): Event => ({
  seq,
  type,
  title: { zh: type, en: type },
  at: "2026-06-12T01:00:00Z",
  actor: { kind: "staff", id: 1, name: "王敏" },
  actingUnit: null,
  step: null,
  unit: { unitId: 1, name: "" },
  episode: 1,
  data,
  personal: null,
  hash: "",
});
const order = (events: Event[], more: Partial<OrderView> = {}) => ({
  events,
  episode: 1,
  handlingUnit: { unitId: 7, name: "南庄抢修班" },
  unit: { unitId: 7, name: "南庄抢修班" },
  requests: [],
  ...more,
});

test("dispatching starts with the unit proposed at intake, unless the order came back", () => {
  const intake = event(1, "intake", { targetUnitId: 5 });
  assert.equal(proposedUnit([intake]), 5);
  assert.equal(proposedUnit([event(1, "intake", { targetUnitId: null })]), null);
  assert.equal(proposedUnit([intake, event(2, "dispatch"), event(3, "return")]), null);
  assert.deepEqual(startOf(order([intake]), "dispatch"), { unitId: 5 });
});

test("a reply starts with the handling unit and the contact already recorded", () => {
  assert.deepEqual(startOf(order([]), "reply"), { responsibleUnitId: 7 });
  const contacts = [
    event(3, "contact", { contactedAt: "2026-06-12T01:00:00Z" }),
    event(4, "contact", { contactedAt: "2026-06-12T02:00:00Z" }),
  ];
  assert.deepEqual(startOf(order(contacts), "reply"), {
    responsibleUnitId: 7,
    contacted: true,
    contactedAt: "2026-06-12T02:00:00Z",
  });
});

test("one request needs no choice, several do", () => {
  const request = (seq: number) => ({
    seq,
    kind: "suspension" as const,
    by: { kind: "staff" as const, id: 1, name: "赵刚" },
    data: {},
  });
  assert.deepEqual(startOf(order([], { requests: [request(4)] }), "decide"), { requestSeq: 4 });
  assert.deepEqual(startOf(order([], { requests: [request(4), request(5)] }), "decide"), {});
});

// Orders as far as a test needs them, and tables of rules.
import assert from "node:assert/strict";
import { test } from "node:test";
import { flows } from "../../flows.ts";
import { type Person, people, type Play, takeIn, units } from "./world.ts";

const { dispatcher, handler, reviewer, verifier } = people;

export const replyForm = {
  contacted: false,
  responsibleUnitId: units.station,
  cause: "EQUIPMENT",
  facts: "保险烧断",
  causeText: "过负荷",
  measures: "更换保险",
};
/** The same by somebody who did not go there, where one has to. */
export const remoteReply = { ...replyForm, notOnSite: "GUIDED_BY_PHONE" };
export const reached = (satisfaction: "SATISFIED" | "BASICALLY" | "DISSATISFIED") => ({ result: "REACHED", satisfaction });

const replyFor = (flow = "fault-repair") => (flow === "fault-repair" ? remoteReply : replyForm);

/** Taken in, and graded where its kind asks for that. */
export const taken = (flow = "fault-repair", form: object = {}): Play => {
  const subtypes: Readonly<Record<string, string>> = { complaint: "SERVICE", suggestion: "OUTAGE", "service-request": "OTHER" };
  const [first] = Object.keys(flows.get(flow).subtypes);
  const order = takeIn(flow, { subtype: subtypes[flow] ?? first ?? null, form });
  return order.state.step === "grading" ? order.act(dispatcher, "grade", { grade: "GENERAL" }) : order;
};
export const dispatched = (flow?: string, form?: object): Play =>
  taken(flow, form).act(dispatcher, "dispatch", { unitId: units.station });
export const accepted = (flow?: string, form?: object): Play => dispatched(flow, form).act(handler, "accept");
export const replied = (flow?: string, form?: object): Play => accepted(flow, form).act(handler, "reply", replyFor(flow));
/** Replied and reviewed by every level: the customer is called next, where one is called. */
export function answered(flow?: string, form?: object): Play {
  const first = replied(flow, form).act(reviewer, "review-reply", { approved: true });
  return first.state.step === "reviewing" ? first.act(people.manager, "review-reply", { approved: true }) : first;
}
export const archived = (flow?: string, form?: object): Play =>
  answered(flow, form).act(verifier, "callback", reached("SATISFIED"));

/** One refusal: the rule, the order it meets, who does what, and the code of the answer. */
export type RefusalCase = readonly [
  rule: string,
  order: () => Play,
  person: Person,
  action: string,
  form: object,
  code: string,
  atMs?: number,
];

/** A test for each refusal of a table. */
export function refusals(cases: readonly RefusalCase[]): void {
  for (const [rule, order, person, action, form, code, atMs] of cases)
    test(rule, () => {
      assert.equal(order().refused(person, action, form, atMs), `work-order.${code}`);
    });
}

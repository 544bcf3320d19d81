import assert from "node:assert/strict";
import { test } from "node:test";
import { flows } from "../../flows.ts";
import type { Role } from "../../identity/roles.ts";
import { nextAction } from "./next-action.ts";
import { kindOfStep, taskKinds } from "./task.ts";

const next = (flow: string, step: string, slot: string | null, ...roles: Role[]) =>
  nextAction(flows.get(flow), step, slot, new Set(roles))?.key ?? null;

const cases: readonly (readonly [flow: string, step: string, slot: string | null, role: Role, action: string | null])[] = [
  ["fault-repair", "dispatching", "dispatch", "DISPATCHER", "dispatch"],
  ["fault-repair", "accepting", "accept", "HANDLER", "accept"],
  ["fault-repair", "travelling", "arrival", "HANDLER", "arrive"],
  ["fault-repair", "travelling", "urge", "HANDLER", "answer-urge"],
  ["fault-repair", "travelling", null, "HANDLER", "arrive"],
  ["fault-repair", "repairing", "restoration", "HANDLER", "restore"],
  ["complaint", "handling", "first-contact", "HANDLER", "contact"],
  ["complaint", "handling", "handling", "HANDLER", "reply"],
  ["complaint", "handling", "answer", "HANDLER", "reply"],
  ["complaint", "grading", "grading", "DISPATCHER", "grade"],
  ["complaint", "reviewing", "reply-review", "REVIEWER", "review-reply"],
  ["complaint", "callback", "callback", "VERIFIER", "callback"],
  ["complaint", "handling", "handling", "VERIFIER", null],
];
for (const [flow, step, slot, role, action] of cases)
  test(`${role} in ${step}${slot ? `, ${slot} due first` : ""}: ${action ?? "nothing"}`, () => {
    assert.equal(next(flow, step, slot, role), action);
  });

test("in every step those who owe it have something to do", () => {
  for (const flow of flows.all.filter(({ closedElsewhere }) => !closedElsewhere))
    for (const step of Object.keys(flow.steps))
      for (const role of taskKinds[kindOfStep(flow, step)].by)
        assert.ok(next(flow.id, step, null, role) !== null, `${flow.id} ${step} ${role}`);
});

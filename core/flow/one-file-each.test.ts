// Kinds of business that come later, written as the one file each of them will be: the kernel has to carry them unchanged.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { z } from "zod";
import { foldClocks } from "../clock/folding/fold.ts";
import { compileRulebook } from "../clock/rules/rulebook.ts";
import { ClockRule } from "../clock/rules/rule.ts";
import { defaultPolicies } from "../clock/rules/policies.ts";
import { isRefusal } from "../refusal.ts";
import { by, defineFlow, go } from "./define-flow.ts";
import type { Flow } from "./definition.ts";
import { decide } from "./engine.ts";
import type { OrderEvent } from "./event.ts";
import { instantField, text } from "./form.ts";
import { openOrder } from "./intake.ts";
import { signalsOf } from "./signals.ts";
import { foldOrder } from "./state.ts";
import { contextFor, intakeForm, number, type Person, people, units } from "./testing/world.ts";

const Note = z.strictObject({ note: text({ zh: "说明", en: "Note" }) });
const handler = { by: ["HANDLER"] } as const;

/** 业扩报装, high voltage: the customer's own works lie between two stretches of the utility's, and are nobody's minutes here. */
const serviceConnection = defineFlow({
  id: "service-connection-hv",
  title: { zh: "高压业扩报装", en: "HV service connection" },
  steps: {
    surveying: by("HANDLER", { zh: "现场勘查", en: "Survey" }),
    planning: by("HANDLER", { zh: "供电方案", en: "Supply plan" }),
    "customer-works": by("HANDLER", { zh: "客户受电工程", en: "Customer's works" }),
    inspecting: by("HANDLER", { zh: "竣工检验", en: "Completion inspection" }),
    energising: by("HANDLER", { zh: "装表接电", en: "Energising" }),
    replying: by("HANDLER", { zh: "资料归集", en: "File" }),
  },
  handling: "surveying",
  actions: {
    survey: go("surveying", "planning", Note, { title: { zh: "完成勘查", en: "Surveyed" }, ...handler }),
    "reply-plan": go("planning", "customer-works", Note, { title: { zh: "答复方案", en: "Reply the plan" }, ...handler }),
    "report-completion": go("customer-works", "inspecting", Note, {
      title: { zh: "竣工报验", en: "Completion reported" },
      ...handler,
    }),
    "pass-inspection": go("inspecting", "energising", Note, { title: { zh: "检验合格", en: "Inspection passed" }, ...handler }),
    energise: go(
      "energising",
      "replying",
      z.strictObject({ energisedAt: instantField({ zh: "送电时间", en: "Energised at" }) }),
      { title: { zh: "送电", en: "Energise" }, ...handler },
    ),
  },
  replyFrom: ["replying"],
  clocks: {
    "plan-reply": { title: { zh: "供电方案答复", en: "Reply of the plan" }, from: "open", until: ["reply-plan"] },
    inspection: { title: { zh: "竣工检验", en: "Completion inspection" }, from: "report-completion", until: ["pass-inspection"] },
    energising: { title: { zh: "装表接电", en: "Energising" }, from: "pass-inspection", until: ["energise"] },
  },
});

/** 督办件: issued by a higher unit, received, answered, judged by the issuer; nobody calls a customer. */
const supervisionLetter = defineFlow({
  id: "supervision-letter",
  title: { zh: "督办件", en: "Supervision letter" },
  steps: { rectifying: by("HANDLER", { zh: "整改中", en: "Being put right" }) },
  handling: "rectifying",
  actions: {},
  replyFrom: ["rectifying"],
  clocks: { receipt: { title: { zh: "签收", en: "Receipt" }, from: "dispatch", until: ["accept", "return", "return-disputed"] } },
  noCallbackReasons: ["NOT_REQUIRED"],
});

/** 上级工单: comes from an upper centre and is answered to it; the upper centre's own callback is the closing condition. */
const upperCentreOrder = defineFlow({
  id: "upper-centre-order",
  title: { zh: "上级派发工单", en: "Order of an upper centre" },
  steps: {
    handling: by("HANDLER", { zh: "处理中", en: "Being handled" }),
    answered: by("AGENT", { zh: "已上报，待上级回访", en: "Answered upwards" }, "desk"),
  },
  handling: "handling",
  actions: {
    "answer-upwards": go("handling", "answered", Note, { title: { zh: "上报", en: "Answer upwards" }, ...handler }),
    "upper-callback": {
      ...go("answered", "archiving", Note, { title: { zh: "上级回访结果", en: "Callback of the upper centre" }, by: ["AGENT"] }),
      outcomes: [{ type: "waive-callback", to: "archiving" }],
      decide: () => [{ type: "waive-callback", data: { reason: "CLOSED_ELSEWHERE" }, personal: null, step: "archiving" }],
    },
  },
  replyFrom: ["handling"],
  clocks: { handling: { title: { zh: "处理", en: "Handling" }, from: "open", until: ["answer-upwards", "reply"] } },
  noCallbackReasons: ["CLOSED_ELSEWHERE"],
});

const flows = {
  get: (id: string): Flow => [serviceConnection, supervisionLetter, upperCentreOrder].find((flow) => flow.id === id) as Flow,
  all: [serviceConnection, supervisionLetter, upperCentreOrder],
};
const start = Date.parse("2026-03-20T02:00:00Z");
const HOUR = 3_600_000;

function run(flow: Flow, steps: readonly (readonly [Person, string, object])[]) {
  const world = contextFor(people.agent, start);
  const opened = openOrder(flow, { form: intakeForm, details: {} }, { ...world, deskUnitId: units.centre, rulebookVersion: 1 });
  assert.ok(!isRefusal(opened));
  let events: OrderEvent[] = number([opened.event], 0, start, people.agent);
  for (const [person, action, form] of steps) {
    const nowMs = (events.at(-1) as OrderEvent).atMs + HOUR;
    const decided = decide(flow, foldOrder(events), action, form, { ...contextFor(person, nowMs), flows });
    assert.ok(!isRefusal(decided), `${action}: ${isRefusal(decided) ? decided.refused : ""}`);
    events = [...events, ...number(decided, events.length, nowMs, person)];
  }
  return events;
}

const { dispatcher, handler: crew, reviewer, verifier, agent } = people;
const note = { note: "办结" };
const reply = { contacted: false, responsibleUnitId: 4, cause: "NO_FAULT", facts: "f", causeText: "c", measures: "m" };

describe("a kind of business is one file", () => {
  test("a connection: the customer's works are on no clock of the utility's but the promise of the whole", () => {
    const events = run(serviceConnection, [
      [dispatcher, "dispatch", { unitId: 4 }],
      [crew, "accept", {}],
      [crew, "survey", note],
      [crew, "reply-plan", note],
      [crew, "report-completion", note],
      [crew, "pass-inspection", note],
      [crew, "energise", { energisedAt: new Date(start).toISOString() }],
      [crew, "reply", reply],
      [reviewer, "review-reply", { approved: true }],
      [verifier, "callback", { result: "REACHED", satisfaction: "SATISFIED" }],
    ]);
    assert.equal(foldOrder(events).status, "ARCHIVED");
    const rulebook = compileRulebook({
      version: 1,
      zone: "Asia/Shanghai",
      packs: [
        {
          key: "p",
          title: { zh: "p", en: "p" },
          description: null,
          rules: serviceConnection.slots
            .filter((slot) => slot.limit === "rule")
            .map((slot) =>
              ClockRule.parse({
                key: slot.key,
                title: slot.title,
                authority: "promise",
                slot: slot.key,
                amount: 24,
                unit: "hour",
                source: { document: { zh: "p", en: "p" }, verified: true },
              }),
            ),
        },
      ],
      adoptions: [{ unitId: 1, packKey: "p" }],
      calendars: [],
      policies: defaultPolicies,
    });
    const clocks = foldClocks({ slotsOf: () => serviceConnection.slots, rulebookOf: () => rulebook }, signalsOf(events));
    const at = (type: string) => events.find((event) => event.type === type)?.atMs ?? 0;
    const works = clocks.filter(
      (clock) => clock.startedAtMs < at("report-completion") && (clock.stoppedAtMs ?? Infinity) > at("reply-plan"),
    );
    assert.deepEqual(
      works.map((clock) => clock.slot),
      ["answer"],
    );
  });

  test("a supervision letter: judged by its issuer, archived without a callback", () => {
    const events = run(supervisionLetter, [
      [dispatcher, "dispatch", { unitId: 4 }],
      [crew, "accept", {}],
      [crew, "reply", reply],
      [reviewer, "review-reply", { approved: true }],
      [verifier, "archive", {}],
    ]);
    assert.equal(foldOrder(events).status, "ARCHIVED");
    assert.equal(foldOrder(events).noCallbackReason, "NOT_REQUIRED");
  });

  test("an order of an upper centre: its callback closes ours", () => {
    const events = run(upperCentreOrder, [
      [dispatcher, "dispatch", { unitId: 4 }],
      [crew, "accept", {}],
      [crew, "answer-upwards", note],
      [agent, "upper-callback", note],
      [verifier, "archive", {}],
    ]);
    assert.equal(foldOrder(events).status, "ARCHIVED");
  });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compileZone } from "../../calendar/zone.ts";
import type { Clock } from "../../clock/types.ts";
import { flows } from "../../flows.ts";
import { type OrderProgress, progressText, spokenInstant } from "./progress.ts";

const zone = compileZone("Asia/Shanghai");
const at = (text: string) => Date.parse(`${text}+08:00`);
const nowMs = at("2026-03-20T10:30:00");

const clock = (slot: string, dueAt: string, more: Partial<Clock> = {}): Clock => ({
  number: 1,
  episode: 1,
  flow: "fault-repair",
  slot,
  authority: "promise",
  round: 1,
  subject: null,
  rule: null,
  limitKind: "max",
  amount: 90,
  unit: "minute",
  calendar: null,
  startedAtMs: nowMs,
  startedBySeq: 1,
  dueAtMs: at(dueAt),
  pausedUntilMs: null,
  dueIfPausedUntilMs: null,
  dueBeforeExtensionMs: null,
  pauses: [],
  status: "running",
  stoppedAtMs: null,
  stoppedBySeq: null,
  provisional: false,
  ...more,
});
const order: OrderProgress = {
  flow: "fault-repair",
  flowTitle: { zh: "故障报修", en: "Fault repair" },
  step: "travelling",
  stepTitle: { zh: "赶赴现场", en: "On the way" },
  unit: "城东供电所",
  handlingUnit: "城东供电所",
  takenInAtMs: at("2026-03-20T10:00:00"),
  suspension: null,
  clocks: [],
};
const told = (more: Partial<OrderProgress>) =>
  progressText({ ...order, ...more }, (slot) => ({ zh: slot, en: slot }), zone, nowMs);

describe("the progress an agent reads aloud", () => {
  test("says who has it, what is being done and by when", () => {
    const clocks = [
      clock("handling", "2026-03-20T11:00:00", { authority: "internal" }),
      clock("arrival", "2026-03-20T11:30:00"),
      clock("answer", "2026-03-23T18:00:00", { authority: "law" }),
    ];
    assert.deepEqual(told({ clocks }), {
      zh: "您今天10:00提出的故障报修，城东供电所的抢修人员正在赶往现场，最迟今天11:30前到达现场。",
      en: "Your matter “Fault repair”, taken in today at 10:00, is with 城东供电所, whose crew is on its way. A crew will be there today at 11:30 at the latest.",
    });
  });

  test("never tells an internal limit, an average, or a clock that does not run", () => {
    const clocks = [
      clock("arrival", "2026-03-20T11:30:00", { authority: "internal" }),
      clock("arrival", "2026-03-20T11:40:00", { limitKind: "average" }),
      clock("arrival", "2026-03-20T11:50:00", { status: "met" }),
    ];
    const { zh, en } = told({ clocks });
    assert.match(zh, /有进展我们会联系您。$/);
    assert.doesNotMatch(zh + en, /11:/);
  });

  test("owns up to a promise that has passed", () => {
    const { zh } = told({ clocks: [clock("arrival", "2026-03-20T10:15:00")] });
    assert.match(zh, /原定今天10:15前到达现场，现已超过，非常抱歉，我们会为您催办。$/);
  });

  test("says why it stands still and until when", () => {
    const suspension = { reason: { zh: "恶劣天气", en: "Extreme weather" }, untilMs: at("2026-03-21T08:00:00") };
    assert.equal(
      told({ suspension, clocks: [clock("arrival", "2026-03-20T11:30:00")] }).zh,
      "您今天10:00提出的故障报修，因恶劣天气暂缓办理，由城东供电所负责，预计明天08:00继续。",
    );
  });

  test("has words for every step of every flow, in both languages", () => {
    for (const flow of flows.all.filter((one) => one.closedElsewhere !== true))
      for (const [step, { title }] of Object.entries(flow.steps)) {
        const { zh, en } = told({ flow: flow.id, flowTitle: flow.title, step, stepTitle: title });
        assert.match(zh, /^您.*。$/u, `${flow.id} ${step}`);
        assert.doesNotMatch(zh + en, /undefined|null/, `${flow.id} ${step}`);
        assert.match(en, /^Your .*\.$/, `${flow.id} ${step}`);
      }
  });
});

describe("an instant as it is said", () => {
  const cases: [string, string, string][] = [
    ["2026-03-20T23:59:00", "今天23:59", "today at 23:59"],
    ["2026-03-21T00:00:00", "明天00:00", "tomorrow at 00:00"],
    ["2026-03-19T08:05:00", "昨天08:05", "yesterday at 08:05"],
    ["2026-04-01T17:00:00", "4月1日17:00", "on 1 April at 17:00"],
    ["2027-01-02T09:00:00", "2027年1月2日09:00", "on 2 January 2027 at 09:00"],
  ];
  for (const [when, zh, en] of cases)
    test(`${when} is ${zh}`, () => assert.deepEqual(spokenInstant(zone, at(when), nowMs), { zh, en }));
});

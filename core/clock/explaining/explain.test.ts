import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ExplainedSpan, explainClock, limitSpans, measureOf } from "./explain.ts";
import { limitText } from "../duration-text.ts";
import { foldClocks } from "../folding/fold.ts";
import { renderExplanation } from "./render-explanation.ts";
import type { ClockRule } from "../rules/rule.ts";
import { anyHistory, everyKindOfRule } from "../testing/histories.ts";
import { contextOf, history, resume, ruleOf, rulebookOf, shanghai, shown, type Step, suspend } from "../testing/samples.ts";
import type { Clock } from "../types.ts";

const explained = (rule: Partial<ClockRule> & Pick<ClockRule, "amount" | "unit">, ...steps: readonly Step[]) => {
  const book = rulebookOf([ruleOf({ key: "processing", slot: "processing", pausedBy: ["*"], extendable: true, ...rule })]);
  const [clock] = foldClocks(contextOf(book), history(...steps)).filter(({ slot }) => slot === "processing");
  return explainClock(clock as Clock, book);
};
/** The spans in lines: from, to, reason, amount, sum so far. */
const spans = (rule: Partial<ClockRule> & Pick<ClockRule, "amount" | "unit">, ...steps: readonly Step[]) =>
  explained(rule, ...steps).spans.map(
    ({ fromMs, toMs, reason, name, suspension, amount, total }) =>
      `${new Date(fromMs + 8 * 3_600_000).toISOString().slice(5, 16).replace("T", " ")} – ${shown(toMs) ?? "?"} ${reason}${name ? ` ${name.zh}` : ""}${suspension.length > 0 ? ` ${suspension.join("+")}` : ""} ${amount} ${total}`,
  );
const intake = (at: string): Step => ["intake", at];

test("working days over Spring Festival 2024: first day, festival, the Sunday made up", () => {
  assert.deepEqual(spans({ amount: 4, unit: "workingDay" }, intake("2024-02-07 15:00")), [
    "02-07 15:00 – 02-07 24:00 first-day 0 0",
    "02-08 00:00 – 02-09 24:00 counted 2 2",
    "02-10 00:00 – 02-17 24:00 holiday 春节 0 2",
    "02-18 00:00 – 02-18 24:00 make-up 春节 1 3",
    "02-19 00:00 – 02-19 24:00 counted 1 4",
  ]);
});

test("an order taken in after the close counts as of the next working day where the rule says so", () => {
  assert.deepEqual(
    spans({ amount: 1, unit: "workingDay", afterHours: "next-working-day", dayEnd: "close" }, intake("2024-03-08 18:00")),
    [
      "03-08 18:00 – 03-08 24:00 after-hours 0 0",
      "03-09 00:00 – 03-10 24:00 weekend 0 0",
      "03-11 00:00 – 03-11 24:00 first-day 0 0",
      "03-12 00:00 – 03-12 17:30 counted 1 1",
    ],
  );
});

test("calendar days that end on a day off are moved on", () => {
  assert.deepEqual(spans({ amount: 4, unit: "calendarDay" }, intake("2024-03-05 10:00")), [
    "03-05 10:00 – 03-05 24:00 first-day 0 0",
    "03-06 00:00 – 03-09 24:00 counted 4 4",
    "03-10 00:00 – 03-11 24:00 rolled-over 0 4",
  ]);
});

test("working minutes show opening hours, noon, night and weekend", () => {
  assert.deepEqual(spans({ amount: 300, unit: "workingMinute" }, intake("2024-03-08 11:00")), [
    "03-08 11:00 – 03-08 12:00 counted 60 60",
    "03-08 12:00 – 03-08 14:00 outside-hours 0 60",
    "03-08 14:00 – 03-08 17:30 counted 210 270",
    "03-08 17:30 – 03-08 24:00 outside-hours 0 270",
    "03-09 00:00 – 03-10 24:00 weekend 0 270",
    "03-11 00:00 – 03-11 08:30 outside-hours 0 270",
    "03-11 08:30 – 03-11 09:00 counted 30 300",
  ]);
});

test("a suspension is shown with its reason: whole days for limits in days, exact times for the others", () => {
  const steps: readonly Step[] = [
    intake("2024-03-04 10:00"),
    ["suspend", "2024-03-05 10:00", suspend("CUSTOMER")],
    ["resume", "2024-03-07 09:00", resume],
  ];
  assert.deepEqual(spans({ amount: 2, unit: "workingDay" }, ...steps), [
    "03-04 10:00 – 03-04 24:00 first-day 0 0",
    "03-05 00:00 – 03-05 24:00 counted 1 1",
    "03-06 00:00 – 03-07 24:00 suspended CUSTOMER 0 1",
    "03-08 00:00 – 03-08 24:00 counted 1 2",
  ]);
  assert.deepEqual(spans({ amount: 1, unit: "workingDay" }, ...steps), [
    "03-04 10:00 – 03-04 24:00 first-day 0 0",
    "03-05 00:00 – 03-05 24:00 counted 1 1",
    "03-06 00:00 – 03-07 09:00 suspended CUSTOMER 0 1",
    "03-07 09:00 – 03-07 24:00 last-day 0 1",
  ]);
  assert.deepEqual(
    spans(
      { amount: 24, unit: "hour" },
      ...steps.slice(0, 1),
      ["suspend", "2024-03-05 09:00", suspend("CUSTOMER")],
      ["resume", "2024-03-07 09:00", resume],
    ),
    [
      "03-04 10:00 – 03-05 09:00 counted 1380 1380",
      "03-05 09:00 – 03-07 09:00 suspended CUSTOMER 0 1380",
      "03-07 09:00 – 03-07 10:00 counted 60 1440",
    ],
  );
  assert.deepEqual(spans({ amount: 2, unit: "workingDay" }, ...steps.slice(0, 2)), [
    "03-04 10:00 – 03-04 24:00 first-day 0 0",
    "03-05 00:00 – 03-05 24:00 counted 1 1",
    "03-06 00:00 – ? suspended CUSTOMER 0 1",
  ]);
});

test("an extension shows what it grants beyond the limit", () => {
  const extend: Step = ["extend", "2024-03-05 10:00", { extend: { dueAtMs: shanghai("2024-03-11 24:00") } }];
  assert.deepEqual(spans({ amount: 2, unit: "workingDay" }, intake("2024-03-04 10:00"), extend).slice(2), [
    "03-07 00:00 – 03-08 24:00 extended 2 2",
    "03-09 00:00 – 03-10 24:00 weekend 0 2",
    "03-11 00:00 – 03-11 24:00 extended 1 2",
  ]);
});

test("an extension that ends no later than the limit changes nothing, and the explanation says so", () => {
  const extend: Step = ["extend", "2024-03-05 10:00", { extend: { dueAtMs: shanghai("2024-03-06 12:00") } }];
  const idle = explained({ amount: 4, unit: "workingDay" }, intake("2024-03-04 10:00"), extend);
  assert.deepEqual([shown(idle.dueAtMs), idle.extensionCounts], ["03-08 24:00", false]);
  assert.ok(idle.spans.every(({ reason }) => reason !== "extended"));
  assert.ok(renderExplanation(idle, "zh").includes("批准的延期或约定的时间不晚于原时限，以原时限为准"));
  assert.ok(
    renderExplanation(idle, "en").includes("What was approved or agreed ends no later than the limit itself, which counts"),
  );
});

test("a pause after an extension is told to the limit first: what was left of it still counts after the pause", () => {
  const steps: readonly Step[] = [
    intake("2024-03-04 10:00"),
    ["extend", "2024-03-04 10:10", { extend: { dueAtMs: shanghai("2024-03-04 12:00") } }],
    ["suspend", "2024-03-04 10:30", suspend("WEATHER", "2024-03-04 11:00")],
    ["resume", "2024-03-04 11:00", resume],
  ];
  assert.deepEqual(spans({ amount: 60, unit: "minute" }, ...steps), [
    "03-04 10:00 – 03-04 10:30 counted 30 30",
    "03-04 10:30 – 03-04 11:00 suspended WEATHER 0 30",
    "03-04 11:00 – 03-04 11:30 counted 30 60",
    "03-04 11:30 – 03-04 12:30 extended 60 60",
  ]);
  assert.ok(
    renderExplanation(explained({ amount: 60, unit: "minute" }, ...steps), "zh").includes(
      "以批准的延期或约定的时间为准；否则期满于 2024-03-04 11:30",
    ),
  );
  const open = explained({ amount: 60, unit: "minute" }, ...steps.slice(0, 2), [
    "suspend",
    "2024-03-04 10:30",
    suspend("WEATHER"),
  ]);
  assert.deepEqual([open.dueAtMs, open.extensionCounts], [null, null], "an open pause decides first");
});

test("the explanation can be read aloud in both languages", () => {
  const explanation = explained(
    {
      title: { zh: "投诉处理", en: "Complaint processing" },
      amount: 2,
      unit: "workingDay",
      source: {
        document: { zh: "国家电网供电服务“十项承诺”", en: "State Grid's ten service promises" },
        article: { zh: "第九条", en: "item 9" },
        edition: "2022",
        url: null,
        verified: false,
        note: { zh: "见公开转载", en: "seen in a public reprint" },
      },
    },
    intake("2024-02-08 15:00"),
    ["suspend", "2024-02-09 10:00", suspend("CUSTOMER_WORKS")],
    ["resume", "2024-02-09 12:00", resume],
  );
  const title = () => ({ zh: "待客户施工", en: "customer's own works" });
  assert.deepEqual(renderExplanation(explanation, "zh", title), [
    "投诉处理：2 个工作日（承诺时限，逐单判定）",
    "起算：2024-02-08 15:00",
    "2024-02-08 15:00 – 24:00  开始的当日不计入（民法典第二百零一条）",
    "2024-02-09  计入 1 个工作日，累计 1 个工作日",
    "2024-02-10 – 2024-02-17  春节，不计入",
    "2024-02-18  调休上班（春节），计入 1 个工作日，累计 2 个工作日",
    "期满：2024-02-18 24:00，恰在此刻完成仍为按时",
    "依据：国家电网供电服务“十项承诺”，2022，第九条",
    "该数值尚未与原文核对",
    "见公开转载",
    "规则包 base，规则版本 1",
  ]);
  assert.deepEqual(renderExplanation(explanation, "en", title).slice(0, 8), [
    "Complaint processing: 2 working days (promised limit; judges each order)",
    "Starts: 2024-02-08 15:00",
    "2024-02-08 15:00 – 24:00  first day, not counted (Civil Code art. 201)",
    "2024-02-09  counted 1 working day, 1 working day so far",
    "2024-02-10 – 2024-02-17  Spring Festival, not counted",
    "2024-02-18  make-up working day (Spring Festival), counted 1 working day, 2 working days so far",
    "Ends: 2024-02-18 24:00; done at that very instant is in time",
    "Source: State Grid's ten service promises, 2022, item 9",
  ]);
});

test("a suspended clock, an extended one and a provisional one say so", () => {
  const paused = explained({ amount: 90, unit: "minute" }, intake("2024-03-04 10:00"), [
    "suspend",
    "2024-03-04 10:30",
    suspend("WEATHER"),
  ]);
  assert.deepEqual(renderExplanation(paused, "zh").slice(1, 5), [
    "起算：2024-03-04 10:00",
    "2024-03-04 10:00 – 10:30  计入 30 分，累计 30 分",
    "2024-03-04 10:30 – 至今  挂起（WEATHER），不计入",
    "期满：挂起中，解挂后确定",
  ]);
  const extended = explained({ amount: 1, unit: "hour" }, intake("2026-12-31 10:00"), [
    "extend",
    "2026-12-31 10:10",
    { extend: { dueAtMs: shanghai("2026-12-31 13:30") } },
  ]);
  assert.deepEqual(renderExplanation(extended, "en").slice(2, 6), [
    "2026-12-31 10:00 – 11:00  counted 1 h, 1 h so far",
    "2026-12-31 11:00 – 13:30  extended by approval or agreement 2 h 30 min",
    "Ends: 2026-12-31 13:30; done at that very instant is in time",
    "What was approved or agreed counts; without it: 2026-12-31 11:00",
  ]);
  assert.ok(
    renderExplanation(explained({ amount: 5, unit: "workingDay" }, intake("2026-12-30 10:00")), "zh").includes(
      "暂定：该年度的放假安排尚未公布",
    ),
  );
});

test("a given limit is explained as given, and a clock only by its own rulebook", () => {
  const book = rulebookOf([ruleOf({ key: "processing", slot: "processing", amount: 1, unit: "hour" })]);
  const clocks = foldClocks(
    contextOf(book),
    history(intake("2024-03-04 10:00"), ["suspend", "2024-03-04 10:30", suspend("WEATHER", "2024-03-05 10:30")]),
  );
  const given = explainClock(clocks.find(({ slot }) => slot === "suspension") as Clock, book);
  assert.deepEqual(renderExplanation(given, "zh"), [
    "时限随工单给定",
    "起算：2024-03-04 10:30",
    "2024-03-04 10:30 – 2024-03-05 10:30  计入 1 天，累计 1 天",
    "期满：2024-03-05 10:30，恰在此刻完成仍为按时",
  ]);
  assert.throws(() => explainClock(clocks[0] as Clock, rulebookOf([], { version: 1 })), /does not hold rule/);
});

const book = rulebookOf(everyKindOfRule);

/** The spans as they follow one another, without a gap. Out: where they end. */
function endOf(clock: Clock, all: readonly ExplainedSpan[]): number | null {
  let atMs: number | null = clock.startedAtMs;
  for (const span of all) {
    assert.equal(span.fromMs, atMs);
    assert.ok(span.toMs === null || span.toMs > span.fromMs);
    atMs = span.toMs;
  }
  return atMs;
}

test("spans follow one another from start to deadline, and what they count adds up to the limit", () => {
  fc.assert(
    fc.property(anyHistory, (signals) => {
      for (const clock of foldClocks(contextOf(book), signals)) {
        const all = limitSpans(clock, book);
        const atMs = endOf(clock, all);
        const dueAtMs = clock.dueAtMs ?? clock.dueIfPausedUntilMs;
        if (dueAtMs !== null && dueAtMs > clock.startedAtMs) assert.equal(atMs, dueAtMs);
        if (clock.amount === null || dueAtMs === null) continue;
        const limit = measureOf(clock) === "day" ? clock.amount : clock.amount * (clock.unit === "hour" ? 60 : 1);
        assert.equal(all.at(-1)?.total, limit, JSON.stringify(clock));
      }
    }),
    { numRuns: 500 },
  );
});

test("the explanation of a clock that has stopped ends where it stopped", () => {
  fc.assert(
    fc.property(anyHistory, (signals) => {
      for (const clock of foldClocks(contextOf(book), signals)) {
        const { spans: all, ended } = explainClock(clock, book);
        assert.equal(ended?.atMs ?? null, clock.stoppedAtMs);
        if (clock.stoppedAtMs === null) assert.deepEqual(all, limitSpans(clock, book));
        else assert.equal(endOf(clock, all), clock.stoppedAtMs);
      }
    }),
    { numRuns: 300 },
  );
});

test("wherever spans are cut, they count the same together, and none reaches over a cut", () => {
  const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-6, `${a} ${b}`);
  fc.assert(
    fc.property(anyHistory, fc.array(fc.integer({ min: 0, max: 400 * 60 }), { maxLength: 12 }), (signals, minutes) => {
      for (const clock of foldClocks(contextOf(book), signals)) {
        const cutsMs = minutes.map((minute) => clock.startedAtMs + minute * 60_000).toSorted((a, b) => a - b);
        const whole = explainClock(clock, book);
        const cut = explainClock(clock, book, { cutsMs });
        assert.equal(endOf(clock, cut.spans), endOf(clock, whole.spans));
        near(cut.spans.at(-1)?.total ?? 0, whole.spans.at(-1)?.total ?? 0);
        for (const { fromMs, toMs } of cut.spans)
          assert.ok(!cutsMs.some((cutMs) => cutMs > fromMs && cutMs < (toMs ?? Number.POSITIVE_INFINITY)));
        // Each whole span is the sum of its parts, with its reason.
        for (const span of whole.spans) {
          const parts = cut.spans.filter(
            ({ fromMs, toMs }) =>
              fromMs >= span.fromMs && (toMs ?? Number.POSITIVE_INFINITY) <= (span.toMs ?? Number.POSITIVE_INFINITY),
          );
          assert.ok(parts.length > 0 && parts.every(({ reason, counted }) => reason === span.reason && counted === span.counted));
          near(
            parts.reduce((sum, { amount }) => sum + amount, 0),
            span.amount,
          );
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("a span is cut where the order came into other hands, to the second; a day is shared by its hours", () => {
  const cut = (rule: Partial<ClockRule> & Pick<ClockRule, "amount" | "unit">, ...at: readonly string[]) => {
    const rules = rulebookOf([ruleOf({ key: "processing", slot: "processing", ...rule })]);
    const [clock] = foldClocks(contextOf(rules), history(intake("2024-03-04 10:00")));
    return explainClock(clock as Clock, rules, { cutsMs: at.map(shanghai) }).spans.map(({ amount, total }) => [amount, total]);
  };
  assert.deepEqual(cut({ amount: 2, unit: "hour" }, "2024-03-04 10:00", "2024-03-04 10:30"), [
    [30, 30],
    [90, 120],
  ]);
  assert.deepEqual(cut({ amount: 2, unit: "workingDay" }, "2024-03-04 12:00", "2024-03-05 06:00"), [
    [0, 0],
    [0, 0],
    [0.25, 0.25],
    [1.75, 2],
  ]);
  assert.deepEqual(limitText(0.25, "workingDay"), { zh: "0.25 个工作日", en: "0.25 working days" });
});

test("a clock that is done tells when it stopped, by what, and how it came out", () => {
  const told = (type: string, at: string) => {
    const rules = rulebookOf([ruleOf({ key: "arrival", slot: "arrival", amount: 45, unit: "minute" })]);
    const [clock] = foldClocks(contextOf(rules), history(intake("2024-03-04 10:00"), [type, at]));
    const explanation = explainClock(clock as Clock, rules, {
      stoppedBy: { zh: "回单", en: "Reply" },
      lapse: { zh: "未到现场即回单", en: "replied without going there" },
    });
    const lines = (language: "zh" | "en") => renderExplanation(explanation, language).slice(2, -2);
    return [lines("zh"), lines("en")];
  };
  assert.deepEqual(told("reply", "2024-03-04 10:05"), [
    [
      "2024-03-04 10:00 – 10:05  计入 5 分，累计 5 分",
      "期满：2024-03-04 10:45，恰在此刻完成仍为按时",
      "结束：2024-03-04 10:05，回单，未到现场即回单（不计）",
    ],
    [
      "2024-03-04 10:00 – 10:05  counted 5 min, 5 min so far",
      "Ends: 2024-03-04 10:45; done at that very instant is in time",
      "Ended: 2024-03-04 10:05, Reply: replied without going there (not counted)",
    ],
  ]);
  assert.deepEqual(told("reply", "2024-03-04 11:15")[0], [
    "2024-03-04 10:00 – 10:45  计入 45 分，累计 45 分",
    "2024-03-04 10:45 – 11:15  超过时限",
    "期满：2024-03-04 10:45，恰在此刻完成仍为按时",
    "结束：2024-03-04 11:15，回单，超时 30 分",
  ]);
});

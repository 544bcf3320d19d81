import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compileZone } from "../../calendar/zone.ts";
import { type Chip, clockChip } from "./chip.ts";
import { durationText } from "../duration-text.ts";
import { foldClocks } from "../folding/fold.ts";
import type { ClockRule } from "../rules/rule.ts";
import { anyHistory, everyKindOfRule } from "../testing/histories.ts";
import { contextOf, history, resume, ruleOf, rulebookOf, shanghai, type Step, suspend } from "../testing/samples.ts";
import type { Clock } from "../types.ts";
import { clockUse } from "./use.ts";

const zone = compileZone("Asia/Shanghai");
const reasonTitle = (code: string) => (code === "CUSTOMER" ? { zh: "待客户施工", en: "customer's own works" } : undefined);

const clockOf = (rule: Partial<ClockRule> & Pick<ClockRule, "amount" | "unit">, steps: readonly Step[]) => {
  const book = rulebookOf([ruleOf({ key: "processing", slot: "processing", pausedBy: ["*"], ...rule })]);
  const clock = foldClocks(contextOf(book), history(["intake", "2024-03-04 10:00"], ...steps)).find(
    ({ slot }) => slot === "processing",
  ) as Clock;
  return { book, clock };
};
const chipAt = (now: string, rule: Partial<ClockRule> & Pick<ClockRule, "amount" | "unit">, ...steps: readonly Step[]): Chip => {
  const { book, clock } = clockOf(rule, steps);
  const nowMs = shanghai(now);
  return clockChip({ clock, nowMs, use: clockUse(clock, book, nowMs), zone, reasonTitle });
};

test("a running clock says what is left, as people say it", () => {
  for (const [now, amount, unit, state, zh, en] of [
    ["2024-03-04 10:10", 45, "minute", "plenty", "剩 35 分", "35 min left"],
    ["2024-03-04 10:23", 45, "minute", "reminder", "剩 22 分", "22 min left"],
    ["2024-03-04 10:37", 45, "minute", "coordinate", "剩 8 分", "8 min left"],
    ["2024-03-04 10:44", 45, "minute", "red", "剩 1 分", "1 min left"],
    ["2024-03-04 11:00", 28, "hour", "plenty", "剩 1 天 3 小时", "1 d 3 h left"],
    ["2024-03-05 12:40", 28, "hour", "red", "今日 14:00 到期", "due today 14:00"],
    ["2024-03-04 11:00", 4, "workingDay", "plenty", "剩 4 个工作日", "4 working days left"],
    ["2024-03-06 11:00", 4, "workingDay", "plenty", "剩 2 个工作日", "2 working days left"],
    ["2024-03-07 11:00", 4, "workingDay", "reminder", "剩 1 个工作日", "1 working day left"],
    ["2024-03-08 11:00", 4, "workingDay", "red", "今日 24:00 到期", "due today 24:00"],
    ["2024-03-08 23:20", 4, "workingDay", "red", "剩 40 分", "40 min left"],
    ["2024-03-04 15:00", 600, "workingMinute", "plenty", "剩 7 小时（工作时间）", "7 h of opening hours left"],
    ["2024-03-04 10:59:30", 1, "hour", "red", "剩 1 分", "1 min left"],
  ] as const) {
    const chip = chipAt(now, { amount, unit });
    assert.deepEqual([chip.state, chip.text.zh, chip.text.en], [state, zh, en], `${now} of ${amount} ${unit}`);
  }
});

test("whole working days are whole where they come from a share", () => {
  const { clock } = clockOf({ amount: 5, unit: "workingDay" }, []);
  for (const [left, zh] of [
    [4, "剩 4 个工作日"],
    [1, "剩 1 个工作日"],
  ] as const) {
    const share = (5 - left) / 5;
    const use = { share, remaining: (1 - share) * 5 };
    assert.equal(clockChip({ clock, nowMs: shanghai("2024-03-05 00:00"), use, zone }).text.zh, zh);
  }
});

test("at the due instant itself a clock is not yet overdue; after it, it says by how much", () => {
  assert.equal(chipAt("2024-03-04 10:45", { amount: 45, unit: "minute" }).state, "red");
  const late = chipAt("2024-03-04 11:27", { amount: 45, unit: "minute" });
  assert.deepEqual([late.state, late.share, late.text], ["overdue", 1, { zh: "超时 42 分", en: "42 min overdue" }]);
  const average = chipAt("2024-03-04 11:27", { amount: 45, unit: "minute", limitKind: "average" });
  assert.deepEqual([average.isTarget, average.text.zh], [true, "超目标 42 分"]);
});

test("a suspended clock names its reason; past the approved end it runs again", () => {
  const paused = chipAt("2024-03-05 12:00", { amount: 4, unit: "workingDay" }, [
    "suspend",
    "2024-03-05 10:00",
    suspend("CUSTOMER", "2024-03-06 09:00"),
  ]);
  assert.deepEqual([paused.state, paused.text], ["suspended", { zh: "挂起：待客户施工", en: "suspended: customer's own works" }]);
  assert.equal(paused.dueAtMs, shanghai("2024-03-11 24:00"));
  const unknown = chipAt("2024-03-05 12:00", { amount: 4, unit: "workingDay" }, ["suspend", "2024-03-05 10:00", suspend("ODD")]);
  assert.deepEqual([unknown.text.zh, unknown.dueAtMs], ["挂起：ODD", null]);
  const over = chipAt("2024-03-06 09:00", { amount: 4, unit: "workingDay" }, [
    "suspend",
    "2024-03-05 10:00",
    suspend("CUSTOMER", "2024-03-06 09:00"),
  ]);
  assert.deepEqual([over.state, over.text.zh], ["plenty", "剩 3 个工作日"]);
});

test("a finished clock says whether it was in time, and by how much", () => {
  const done = (at: string, more: Partial<ClockRule> = {}) =>
    chipAt("2024-04-01 10:00", { amount: 24, unit: "hour", ...more }, ["reply", at]);
  assert.deepEqual(done("2024-03-05 07:00").text, { zh: "按时 提前 3 小时", en: "on time, 3 h early" });
  assert.deepEqual(done("2024-03-05 10:00").text, { zh: "按时", en: "on time" });
  assert.deepEqual(done("2024-03-07 10:00").text, { zh: "超时 2 天", en: "2 d late" });
  assert.equal(done("2024-03-07 10:00").state, "missed");
  assert.equal(done("2024-03-05 07:00", { limitKind: "average" }).text.zh, "达标 提前 3 小时");
  const relabelled = chipAt("2024-04-01 10:00", { amount: 24, unit: "hour" }, [
    "reclassify",
    "2024-03-04 11:00",
    { facts: { flow: "complaint" } },
  ]);
  assert.equal(relabelled.state, "superseded");
});

test("a clock that lapsed says what happened instead, and that it does not count", () => {
  const lapsed: Clock = {
    ...clockOf({ amount: 24, unit: "hour" }, []).clock,
    status: "lapsed",
    stoppedAtMs: shanghai("2024-03-04 11:00"),
  };
  const chip = (lapse: { zh: string; en: string } | null) =>
    clockChip({ clock: lapsed, nowMs: shanghai("2024-04-01 10:00"), use: { share: 0, remaining: 0 }, zone, lapse });
  const named = chip({ zh: "未到现场即回单", en: "replied without going there" });
  assert.deepEqual(
    [named.state, named.text],
    ["lapsed", { zh: "未到现场即回单（不计）", en: "replied without going there (not counted)" }],
  );
  assert.deepEqual(chip(null).text, { zh: "未发生（不计）", en: "did not take place (not counted)" });
});

test("days before or after a limit in working days are told by the two instants, weekends being no working days", () => {
  const done = (at: string) => chipAt("2024-04-01 10:00", { amount: 4, unit: "workingDay" }, ["reply", at]).text;
  assert.deepEqual(done("2024-03-05 15:00"), {
    zh: "按时 03-05 15:00 完成（到期 03-08 24:00）",
    en: "on time: done 03-05 15:00, due 03-08 24:00",
  });
  assert.deepEqual(done("2024-03-11 09:12"), {
    zh: "超时 03-11 09:12 完成（到期 03-08 24:00）",
    en: "late: done 03-11 09:12, due 03-08 24:00",
  });
  assert.equal(done("2024-03-08 21:00").zh, "按时 提前 3 小时", "within a day the hours are the same on every calendar");
});

test("a given limit that names no instant has none to show", () => {
  const { book, clock } = clockOf({ amount: 1, unit: "hour" }, []);
  const given: Clock = { ...clock, rule: null, amount: null, unit: null, dueAtMs: null };
  const nowMs = shanghai("2024-03-05 10:00");
  assert.deepEqual(clockUse(given, book, nowMs), { measure: "minute", used: 0, remaining: 0, share: 0, overdueByMs: 0 });
  assert.equal(clockChip({ clock: given, nowMs, use: clockUse(given, book, nowMs), zone }).text.zh, "未设时限");
  const met: Clock = { ...given, status: "met", stoppedAtMs: nowMs };
  assert.equal(clockChip({ clock: met, nowMs, use: clockUse(met, book, nowMs), zone }).text.zh, "已完成");
});

test("use and remainder are counted in the limit's own measure", () => {
  const use = (now: string, rule: Partial<ClockRule> & Pick<ClockRule, "amount" | "unit">, ...steps: readonly Step[]) => {
    const { book, clock } = clockOf(rule, steps);
    const { used, remaining, share, overdueByMs } = clockUse(clock, book, shanghai(now));
    return [used, remaining, share, overdueByMs];
  };
  assert.deepEqual(use("2024-03-04 10:00", { amount: 4, unit: "workingDay" }), [0, 4, 0, 0]);
  assert.deepEqual(use("2024-03-06 12:00", { amount: 4, unit: "workingDay" }), [1.5, 2.5, 0.375, 0]);
  assert.deepEqual(use("2024-03-09 02:00", { amount: 4, unit: "workingDay" }), [4, 0, 1, 2 * 3_600_000]);
  assert.deepEqual(use("2024-03-04 13:00", { amount: 240, unit: "workingMinute" }), [120, 120, 0.5, 0]);
  assert.deepEqual(
    use("2024-03-04 12:00", { amount: 4, unit: "hour" }, ["suspend", "2024-03-04 11:00", suspend("X")]),
    [60, 180, 0.25, 0],
  );
  assert.deepEqual(
    use(
      "2024-03-04 12:00",
      { amount: 4, unit: "hour" },
      ["suspend", "2024-03-04 11:00", suspend("X")],
      ["resume", "2024-03-04 11:30", resume],
    ),
    [90, 150, 0.375, 0],
  );
  assert.deepEqual(use("2024-03-05 10:00", { amount: 4, unit: "hour" }, ["reply", "2024-03-04 12:00"]), [120, 120, 0.5, 0]);
});

const book = rulebookOf(everyKindOfRule);

test("the share used never falls as time passes, and is 1 from the due instant on", () => {
  fc.assert(
    fc.property(anyHistory, fc.integer({ min: 0, max: 20_000 }), fc.nat(20_000), (signals, minutes, more) => {
      for (const clock of foldClocks(contextOf(book), signals)) {
        const nowMs = clock.startedAtMs + minutes * 60_000;
        const [first, second] = [clockUse(clock, book, nowMs), clockUse(clock, book, nowMs + more * 60_000)];
        assert.ok(first.share >= 0 && first.share <= 1 && second.share >= first.share);
        if (clock.status === "running" && clock.dueAtMs !== null && nowMs >= clock.dueAtMs) assert.equal(first.share, 1);
      }
    }),
    { numRuns: 200 },
  );
});

test("durations are said in their two largest units", () => {
  for (const [minutes, zh, en] of [
    [0.5, "不到 1 分", "less than 1 min"],
    [42, "42 分", "42 min"],
    [60, "1 小时", "1 h"],
    [135, "2 小时 15 分", "2 h 15 min"],
    [1440, "1 天", "1 d"],
    [1440 + 180 + 59, "1 天 3 小时", "1 d 3 h"],
    [1440 + 59, "1 天", "1 d"],
  ] as const)
    assert.deepEqual(durationText(minutes * 60_000), { zh, en }, String(minutes));
});

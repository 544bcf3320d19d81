import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClockView } from "@bihuan/contract/work-order.ts";
import { chipOf, chipOfRow, oneOfEach, shareAt, sortClocks } from "./chip-of.ts";

const zone = "Asia/Shanghai";
const at = (text: string): number => Date.parse(`${text}+08:00`);
const iso = (text: string): string => new Date(at(text)).toISOString();

const clock = (change: Partial<ClockView>): ClockView => ({
  episode: 1,
  slot: "arrival",
  title: { zh: "到达现场", en: "Arrival on site" },
  authority: "promise",
  round: 1,
  subject: null,
  rule: null,
  limitKind: "max",
  amount: 90,
  unit: "minute",
  startedAt: iso("2026-06-12T09:00"),
  dueAt: iso("2026-06-12T10:30"),
  dueBeforeExtensionAt: null,
  status: "running",
  lapse: null,
  stoppedAt: null,
  pauses: [],
  provisional: false,
  points: [
    { share: 0.5, at: iso("2026-06-12T09:45") },
    { share: 0.8, at: iso("2026-06-12T10:12") },
    { share: 0.9, at: iso("2026-06-12T10:21") },
  ],
  ...change,
});

test("a clock that lapsed is finished, and says why it does not count", () => {
  const lapsed = clock({
    status: "lapsed",
    stoppedAt: iso("2026-06-12T09:01"),
    lapse: { zh: "未到现场即回单", en: "replied without going there" },
  });
  const { state, text } = chipOf(lapsed, at("2026-06-13T12:00"), zone);
  assert.deepEqual([state, text.zh], ["lapsed", "未到现场即回单（不计）"]);
  assert.deepEqual(sortClocks([lapsed]), { live: [], finished: [lapsed] });
});

test("a running clock passes through its levels as its share is used", () => {
  const cases: [string, string, string, string][] = [
    ["2026-06-12T09:10", "plenty", "剩 1 小时 20 分", "1 h 20 min left"],
    ["2026-06-12T09:45", "reminder", "剩 45 分", "45 min left"],
    ["2026-06-12T10:15", "coordinate", "剩 15 分", "15 min left"],
    ["2026-06-12T10:22", "red", "剩 8 分", "8 min left"],
    ["2026-06-12T11:12", "overdue", "超时 42 分", "42 min overdue"],
  ];
  for (const [now, state, zh, en] of cases)
    assert.deepEqual(
      { state: chipOf(clock({}), at(now), zone).state, text: chipOf(clock({}), at(now), zone).text },
      { state, text: { zh, en } },
    );
});

test("whole working days left are exact, also on the first day and at the weekend", () => {
  // Five working days from Friday: Monday to Friday of the next week.
  const days = clock({
    unit: "workingDay",
    amount: 5,
    startedAt: iso("2026-06-12T09:00"),
    dueAt: iso("2026-06-20T00:00"),
    // The first day is not counted, nor is the weekend.
    points: [
      { share: 0, at: iso("2026-06-15T00:00") },
      { share: 1, at: iso("2026-06-20T00:00") },
    ],
  });
  assert.equal(chipOf(days, at("2026-06-12T09:01"), zone).text.zh, "剩 5 个工作日");
  assert.equal(chipOf(days, at("2026-06-14T12:00"), zone).text.zh, "剩 5 个工作日");
  assert.equal(chipOf(days, at("2026-06-16T12:00"), zone).text.zh, "剩 3 个工作日");
});

test("a suspended clock says why, a finished one how it ended", () => {
  const pause = { from: iso("2026-06-12T09:30"), to: null, reason: "CUSTOMER_WORKS", stopsClock: true };
  assert.equal(
    chipOf(clock({ status: "paused", dueAt: null, points: [], pauses: [pause] }), at("2026-06-12T12:00"), zone).text.zh,
    "挂起：待客户施工",
  );
  assert.equal(
    chipOf(clock({ status: "met", stoppedAt: iso("2026-06-12T09:30"), points: [] }), at("2026-06-13T12:00"), zone).text.zh,
    "按时 提前 1 小时",
  );
});

test("a row of a list shows its main clock, or how it ended", () => {
  const row = {
    status: "OPEN" as const,
    dueAt: iso("2026-06-12T10:30"),
    dueFrom: iso("2026-06-12T09:00"),
    missed: 0,
    missedInternal: 0,
  };
  assert.equal(chipOfRow(row, at("2026-06-12T09:45"), zone)?.state, "reminder");
  assert.equal(chipOfRow({ ...row, status: "SUSPENDED" }, 0, zone)?.state, "suspended");
  assert.equal(chipOfRow({ ...row, status: "ARCHIVED", dueAt: null }, 0, zone)?.state, "met");
  assert.equal(chipOfRow({ ...row, status: "ARCHIVED", dueAt: null, missed: 2 }, 0, zone)?.text.en, "2 late");
  const closed = { ...row, status: "ARCHIVED" as const, dueAt: null, missedInternal: 1 };
  assert.deepEqual(chipOfRow(closed, 0, zone), {
    state: "met",
    share: 1,
    text: { zh: "按时，超内部时限 1 项", en: "on time, 1 internal missed" },
    dueAtMs: null,
  });
  assert.equal(chipOfRow({ ...closed, missed: 2 }, 0, zone)?.text.zh, "超时 2 项，超内部时限 1 项");
  assert.equal(chipOfRow({ ...row, dueAt: null }, 0, zone), null);
});

test("the share is nothing before the first point and stays after the last", () => {
  const points = [
    { share: 0, atMs: 10 },
    { share: 1, atMs: 20 },
  ];
  assert.deepEqual(
    [0, 10, 15, 20, 99].map((atMs) => shareAt(points, atMs)),
    [0, 0, 0.5, 1, 1],
  );
});

test("maxima stand before targets, the tightest first, and what is finished last", () => {
  const clocks = [
    clock({ slot: "a", limitKind: "average", dueAt: iso("2026-06-12T09:30") }),
    clock({ slot: "b", dueAt: iso("2026-06-12T12:00") }),
    clock({ slot: "c", dueAt: iso("2026-06-12T10:00") }),
    clock({ slot: "d", status: "met", stoppedAt: iso("2026-06-12T09:05") }),
    clock({ slot: "e", status: "paused", dueAt: null }),
  ];
  const { live, finished } = sortClocks(clocks);
  assert.deepEqual(
    [...live, ...finished].map(({ slot }) => slot),
    ["c", "b", "a", "e", "d"],
  );
});

test("of thirty urges the tightest clock stands for all, and those of other authorities stand beside it", () => {
  const clocks = [
    clock({ slot: "urge", subject: "4", dueAt: iso("2026-06-12T10:00") }),
    clock({ slot: "urge", subject: "7", dueAt: iso("2026-06-12T11:00") }),
    clock({ slot: "urge", subject: "7", authority: "internal", dueAt: iso("2026-06-12T11:00") }),
    clock({ slot: "urge", subject: "9", status: "paused", dueAt: null }),
  ];
  const { first, alike } = oneOfEach(clocks);
  assert.deepEqual(
    first.map(({ subject, authority, status }) => [subject, authority, status]),
    [
      ["4", "promise", "running"],
      ["7", "internal", "running"],
      ["9", "promise", "paused"],
    ],
  );
  assert.equal(alike, 1);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { limitText } from "./duration-text.ts";
import type { LimitUnit } from "./types.ts";

test("minutes that are whole hours, two or more, are said in hours; everything else as the rule says it", () => {
  const cases: [amount: number, unit: LimitUnit, zh: string, en: string][] = [
    [1, "minute", "1 分钟", "1 minute"],
    [45, "minute", "45 分钟", "45 minutes"],
    [60, "minute", "60 分钟", "60 minutes"],
    [90, "minute", "90 分钟", "90 minutes"],
    [120, "minute", "2 小时", "2 hours"],
    [1_440, "minute", "24 小时", "24 hours"],
    [1_450, "minute", "1450 分钟", "1450 minutes"],
    [240, "workingMinute", "4 小时（工作时间）", "4 hours of opening hours"],
    [30, "workingMinute", "30 分钟（工作时间）", "30 minutes of opening hours"],
    [24, "hour", "24 小时", "24 hours"],
    [1, "workingDay", "1 个工作日", "1 working day"],
    [10, "workingDay", "10 个工作日", "10 working days"],
    [7, "calendarDay", "7 日", "7 calendar days"],
  ];
  for (const [amount, unit, zh, en] of cases) assert.deepEqual(limitText(amount, unit), { zh, en });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { compileCalendar } from "../calendar/calendar.ts";
import { chinaLayer } from "../calendar/china.ts";
import { formatCivilDate, parseCivilDate } from "../calendar/civil-date.ts";
import { parseHours } from "../calendar/definition.ts";
import { nthWorkingDayAfter, nthWorkingDayBefore, workingDaysBetweenDates } from "../calendar/working-time.ts";
import { scheduleBackwards, type Task } from "./schedule.ts";

const calendar = compileCalendar([chinaLayer(parseHours("08:30-17:30") ?? [])]);
const day = (date: string) => parseCivilDate(date) as number;
const shown = (at: number | null) => (at === null ? "-" : formatCivilDate(at).slice(5));

const task = (key: string, after: readonly string[], days: number, more: Partial<Task> = {}): Task => ({
  key,
  after,
  length: { days, unit: "workingDay" },
  doneDay: null,
  expectedDay: null,
  ...more,
});
const building = (days: number, more: Partial<Task> = {}): Task => ({
  ...task("works", ["plan"], days, more),
  length: { days, unit: "calendarDay" },
});
const connection = (worksDays = 30): readonly Task[] => [
  task("plan", [], 10),
  building(worksDays),
  task("inspection", ["works"], 3),
  task("contract", ["plan"], 1),
  task("energising", ["inspection", "contract"], 3),
];

describe("scheduling backwards from the wanted date", () => {
  test("each step must begin so many working days before the next, the customer's works so many calendar days", () => {
    const plan = scheduleBackwards(calendar, connection(), day("2026-03-02"), day("2026-05-29"));
    assert.deepEqual(
      plan.tasks.map(({ key, latestStartDay, latestDay }) => [key, shown(latestStartDay), shown(latestDay)]),
      [
        ["plan", "04-07", "04-21"],
        ["works", "04-21", "05-21"],
        ["inspection", "05-21", "05-26"],
        ["contract", "05-25", "05-26"],
        ["energising", "05-26", "05-29"],
      ],
    );
  });

  test("holidays and make-up days count as the calendar has them", () => {
    // Spring Festival 2026: 15 to 23 February off, the 14th and the 28th worked.
    const [only] = scheduleBackwards(calendar, [task("energising", [], 5)], day("2026-02-09"), day("2026-03-02")).tasks;
    assert.deepEqual([shown(only?.latestStartDay ?? null), shown(only?.latestDay ?? null)], ["02-24", "03-02"]);
  });

  test("a wanted date on a day off is kept by the last working day before it", () => {
    const [only] = scheduleBackwards(calendar, [task("energising", [], 1)], day("2026-03-02"), day("2026-03-08")).tasks;
    assert.equal(shown(only?.latestStartDay ?? null), "03-05");
  });

  test("the critical step is the first that decides; what runs beside it has time to spare", () => {
    const plan = scheduleBackwards(calendar, connection(), day("2026-03-02"), day("2026-05-29"));
    assert.equal(plan.critical, "plan");
    assert.deepEqual(
      plan.tasks.map(({ key, critical }) => [key, critical]),
      [
        ["plan", true],
        ["works", true],
        ["inspection", true],
        ["contract", false],
        ["energising", true],
      ],
    );
  });

  test("a date that cannot be kept is said, by how much, and what can be", () => {
    const plan = scheduleBackwards(calendar, connection(), day("2026-03-02"), day("2026-04-10"));
    assert.equal(shown(plan.expectedDay), "04-23");
    assert.equal(plan.slackDays, -9);
    assert.ok(plan.tasks.filter(({ critical }) => critical).every(({ slackDays }) => (slackDays ?? 0) < 0));
  });

  test("what is done stays where it was, and the next step becomes critical", () => {
    const tasks = connection().map((one) => (one.key === "plan" ? { ...one, doneDay: day("2026-03-05") } : one));
    const plan = scheduleBackwards(calendar, tasks, day("2026-03-09"), day("2026-04-30"));
    assert.equal(plan.critical, "works");
    assert.deepEqual(
      plan.tasks.map(({ key, earliestDay }) => [key, shown(earliestDay)]),
      [
        ["plan", "-"],
        ["works", "04-08"],
        ["inspection", "04-13"],
        ["contract", "03-10"],
        ["energising", "04-16"],
      ],
    );
  });

  test("where nobody wants a date, the earliest one and the step it hangs on are still known", () => {
    const plan = scheduleBackwards(calendar, connection(), day("2026-03-02"), null);
    assert.deepEqual([shown(plan.expectedDay), plan.slackDays, plan.critical], ["04-23", null, "plan"]);
    assert.ok(plan.tasks.every(({ latestDay, slackDays }) => latestDay === null && slackDays === null));
  });

  test("a step in hand is expected by its own clock, and not before today where that has passed", () => {
    const late = connection().map((one) => (one.key === "plan" ? { ...one, expectedDay: day("2026-02-27") } : one));
    assert.equal(shown(scheduleBackwards(calendar, late, day("2026-03-02"), null).tasks[0]?.earliestDay ?? null), "03-02");
  });

  test("everything done: nothing is critical", () => {
    const done = connection().map((one) => ({ ...one, doneDay: day("2026-03-02") }));
    assert.equal(scheduleBackwards(calendar, done, day("2026-03-09"), day("2026-04-01")).critical, null);
  });

  test("whatever the lengths: begun by the latest day, every step is done in time, a working day later it is not", () => {
    const lengths = fc.array(fc.nat(40), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lengths, fc.nat(400), (days, ahead) => {
        const tasks = days.map((length, index) => task(`t${index}`, index === 0 ? [] : [`t${index - 1}`], length));
        const today = day("2025-06-02");
        const wanted = day("2026-01-05") + ahead;
        for (const { key, latestStartDay, latestDay } of scheduleBackwards(calendar, tasks, today, wanted).tasks) {
          const length = tasks.find((one) => one.key === key)?.length.days ?? 0;
          if (length === 0) continue;
          assert.ok(nthWorkingDayAfter(calendar, latestStartDay as number, length) <= (latestDay as number), key);
          const after = nthWorkingDayAfter(calendar, latestStartDay as number, 1);
          assert.ok(nthWorkingDayAfter(calendar, after, length) > (latestDay as number), key);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("the slack of the whole is that of its critical step", () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(300), (worksDays, ahead) => {
        const plan = scheduleBackwards(calendar, connection(worksDays), day("2026-03-02"), day("2026-03-02") + ahead);
        const critical = plan.tasks.find(({ key }) => key === "energising");
        assert.equal(critical?.slackDays, plan.slackDays);
      }),
      { numRuns: 60 },
    );
  });
});

test("so many working days before a date is the inverse of so many after one", () => {
  fc.assert(
    fc.property(fc.nat(700), fc.nat(60), (offset, n) => {
      const date = day("2025-03-01") + offset;
      const start = nthWorkingDayBefore(calendar, date, n);
      assert.equal(workingDaysBetweenDates(calendar, start, date), n);
    }),
    { numRuns: 200 },
  );
});

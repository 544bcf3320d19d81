// Scheduling backwards (倒排工期): from the wanted energising date to the day by which each step must begin, and which step decides.
import type { Calendar } from "../calendar/calendar.ts";
import { nthWorkingDayAfter, nthWorkingDayBefore, workingDaysBetweenDates } from "../calendar/working-time.ts";

/** How long a step may take. The utility's steps are limited in working days; the customer builds in calendar days. */
export type Length = { readonly days: number; readonly unit: "workingDay" | "calendarDay" };

/** A step of the schedule. Days are day numbers, as the calendar counts them. */
export type Task = {
  readonly key: string;
  /** Steps that must be over before it begins. */
  readonly after: readonly string[];
  readonly length: Length;
  /** The day it was done. */
  readonly doneDay: number | null;
  /** Where it is in hand: the day by which it is expected to be done. */
  readonly expectedDay: number | null;
};

export type ScheduledTask = {
  readonly key: string;
  readonly doneDay: number | null;
  /** The earliest day on which it can be done as things stand; null once it is done. */
  readonly earliestDay: number | null;
  /** The days by which it must have begun and be done, for the wanted date to be kept. Null without one, or once it is done. */
  readonly latestStartDay: number | null;
  readonly latestDay: number | null;
  /** Working days to spare; negative where it comes too late. */
  readonly slackDays: number | null;
  /** On the path that decides when the supply is on. */
  readonly critical: boolean;
};

export type Schedule = {
  /** The earliest day on which everything can be done. */
  readonly expectedDay: number;
  /** Working days to spare before the wanted date; negative where it cannot be kept, null where none is wanted. */
  readonly slackDays: number | null;
  /** The step to look at first: the earliest one on the critical path that is not done; null once everything is. */
  readonly critical: string | null;
  readonly tasks: readonly ScheduledTask[];
};

const forwards = (calendar: Calendar, day: number, { days, unit }: Length): number =>
  days === 0 ? day : unit === "calendarDay" ? day + days : nthWorkingDayAfter(calendar, day, days);

const backwards = (calendar: Calendar, day: number, { days, unit }: Length): number =>
  unit === "calendarDay" ? day - days : nthWorkingDayBefore(calendar, day, days);

/**
 * Schedules tasks that wait for each other. In: tasks, each after those it waits for; today and the wanted day (day numbers); the
 * calendar of working days. As for every limit, the day a step begins is not counted (Civil Code art. 201). Errors: RangeError
 * beyond the calendar's years.
 */
export function scheduleBackwards(calendar: Calendar, tasks: readonly Task[], today: number, wantedDay: number | null): Schedule {
  const earliest = new Map<string, number>();
  for (const task of tasks) earliest.set(task.key, earliestOf(calendar, task, today, earliest));
  const expectedDay = Math.max(today, ...earliest.values());
  const target = wantedDay ?? expectedDay;
  const latest = new Map<string, number>();
  for (const task of tasks.toReversed()) {
    const followers = tasks.filter(({ after, doneDay }) => doneDay === null && after.includes(task.key));
    latest.set(
      task.key,
      Math.min(target, ...followers.map(({ key, length }) => backwards(calendar, latest.get(key) as number, length))),
    );
  }
  const slackOf = ({ key }: Task) => workingDaysBetweenDates(calendar, earliest.get(key) as number, latest.get(key) as number);
  const critical = criticalPath(tasks, earliest);
  return {
    expectedDay,
    slackDays: wantedDay === null ? null : workingDaysBetweenDates(calendar, expectedDay, wantedDay),
    critical: critical[0] ?? null,
    tasks: tasks.map((task) => {
      const { key, doneDay, length } = task;
      if (doneDay !== null)
        return { key, doneDay, earliestDay: null, latestStartDay: null, latestDay: null, slackDays: null, critical: false };
      const latestDay = latest.get(key) as number;
      const wanted = wantedDay !== null;
      return {
        key,
        doneDay,
        earliestDay: earliest.get(key) as number,
        latestStartDay: wanted ? backwards(calendar, latestDay, length) : null,
        latestDay: wanted ? latestDay : null,
        slackDays: wanted ? slackOf(task) : null,
        critical: critical.includes(key),
      };
    }),
  };
}

// What decides when all is done: back from the step that is done last, each time to the one it waits for longest. A step in hand
// waits for nothing but itself.
function criticalPath(tasks: readonly Task[], earliest: ReadonlyMap<string, number>): readonly string[] {
  const open = tasks.filter(({ doneDay }) => doneDay === null);
  const latestOf = (some: readonly Task[]) =>
    some.reduce<Task | null>((last, one) => (last && dayOf(last) >= dayOf(one) ? last : one), null);
  const dayOf = ({ key }: Task) => earliest.get(key) as number;
  const path: string[] = [];
  for (let task = latestOf(open); task; ) {
    path.unshift(task.key);
    const { after, expectedDay } = task;
    task = expectedDay === null ? latestOf(open.filter(({ key }) => after.includes(key))) : null;
  }
  return path;
}

function earliestOf(calendar: Calendar, task: Task, today: number, earliest: ReadonlyMap<string, number>): number {
  if (task.doneDay !== null) return task.doneDay;
  if (task.expectedDay !== null) return Math.max(task.expectedDay, today);
  const begins = Math.max(today, ...task.after.map((key) => earliest.get(key) ?? today));
  return forwards(calendar, begins, task.length);
}

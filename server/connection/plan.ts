// The plan of one connection: its steps scheduled backwards from the wanted date, by the rules and the calendar it is bound to.
import type { ConnectionPlan, PlannedTask } from "@bihuan/contract/connection.ts";
import type { Calendar } from "@bihuan/core/calendar/calendar.ts";
import { DAY_MS, formatCivilDate, parseCivilDate } from "@bihuan/core/calendar/civil-date.ts";
import { compileZone, toLocalMs } from "@bihuan/core/calendar/zone.ts";
import { calendarIdFor, type Rulebook, selectRules } from "@bihuan/core/clock/rules/rulebook.ts";
import { tasksOf, taskTitles, type TaskKey } from "@bihuan/core/connection/plan.ts";
import {
  type Length,
  type Schedule,
  scheduleBackwards,
  type ScheduledTask,
  type Task,
} from "@bihuan/core/connection/schedule.ts";
import { WHOLE } from "@bihuan/core/connection/process/stretches.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { z } from "zod";
import type { OrderMaterial } from "../work-order/views/view.ts";

/** What the plan of a connection is made from. */
export type PlanMaterial = Pick<OrderMaterial, "state" | "events" | "clocks" | "rulebookOf">;

/** Whether an order is a service connection. */
export const isConnection = ({ state }: Pick<OrderMaterial, "state">): boolean => state.flow.startsWith("connection-");

/** The plan as it stands at an instant. */
export function connectionPlan(material: PlanMaterial, tree: OrganisationTree, nowMs: number): z.input<typeof ConnectionPlan> {
  const { state } = material;
  const zone = compileZone(tree.zoneOf(state.unitId));
  const dayOf = (atMs: number) => Math.floor(toLocalMs(zone, atMs) / DAY_MS);
  const today = dayOf(nowMs);
  const wanted = state.details["wantedOn"];
  const wantedDay = typeof wanted === "string" ? parseCivilDate(wanted) : null;
  const rulebook = material.rulebookOf(state.rulebookVersion);
  const tasks = tasksOf({
    flow: flows.get(state.flow, state.flowVersion),
    state,
    events: material.events,
    clocks: material.clocks,
    today,
    limitOf: (slot) => limitOf(rulebook, material, slot, nowMs),
    dayOf,
    dateOf: parseCivilDate,
  });
  const schedule = scheduled(calendarOf(rulebook, material), tasks, today, wantedDay);
  return {
    wantedOn: wantedDay === null ? null : formatCivilDate(wantedDay),
    today: formatCivilDate(today),
    schedule: schedule && {
      expectedOn: formatCivilDate(schedule.expectedDay),
      slackDays: schedule.slackDays,
      critical: schedule.critical,
      tasks: schedule.tasks.map((task, index) => taskView(task, tasks[index] as Task)),
    },
  };
}

// A date beyond the calendar's years cannot be counted to: nothing is made up for it.
function scheduled(calendar: Calendar | null, tasks: readonly Task[], today: number, wantedDay: number | null): Schedule | null {
  if (calendar === null) return null;
  try {
    return scheduleBackwards(calendar, tasks, today, wantedDay);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const date = (day: number | null): string | null => (day === null ? null : formatCivilDate(day));

const taskView = (scheduledTask: ScheduledTask, { length }: Task): z.input<typeof PlannedTask> => ({
  key: scheduledTask.key,
  title: taskTitles[scheduledTask.key as TaskKey],
  days: length.days,
  unit: length.unit,
  doneOn: date(scheduledTask.doneDay),
  earliestOn: date(scheduledTask.earliestDay),
  latestStartOn: date(scheduledTask.latestStartDay),
  latestOn: date(scheduledTask.latestDay),
  slackDays: scheduledTask.slackDays,
  critical: scheduledTask.critical,
});

/** The tightest maximum the rules set for a slot, in days; null where none does. */
export function limitOf(rulebook: Rulebook, { state }: Pick<PlanMaterial, "state">, slot: string, atMs: number): Length | null {
  const limits = selectRules(rulebook, state.facts, slot, atMs)
    .filter(({ rule }) => rule.limitKind === "max")
    .map(({ rule }): Length => {
      if (rule.unit === "workingDay" || rule.unit === "calendarDay") return { days: rule.amount, unit: rule.unit };
      // Hours and minutes end within the day they reach.
      const hours = rule.unit === "hour" ? rule.amount : rule.amount / 60;
      return { days: Math.ceil(hours / 24), unit: "calendarDay" };
    });
  return limits.reduce<Length | null>((least, one) => (least && least.days <= one.days ? least : one), null);
}

// Connections are counted by the calendar of the limit on their whole.
function calendarOf(rulebook: Rulebook, { state }: Pick<PlanMaterial, "state">): Calendar | null {
  const path = state.facts.organisationPath;
  const keys = [WHOLE, "plan-reply"].flatMap((slot) =>
    selectRules(rulebook, state.facts, slot, state.openedAtMs).flatMap(({ rule }) =>
      rule.calendar === null ? [] : [rule.calendar],
    ),
  );
  for (const key of keys) {
    const id = calendarIdFor(rulebook, key, path);
    const calendar = id === null ? undefined : rulebook.calendars.get(id);
    if (calendar) return calendar;
  }
  return rulebook.calendars.values().next().value ?? null;
}

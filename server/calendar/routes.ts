import type { calendarOperations } from "@bihuan/contract/calendar.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { can, type Scope } from "@bihuan/core/identity/scope.ts";
import { refuse } from "@bihuan/core/refusal.ts";
import { currentTree } from "../identity/organisation/tree.ts";
import type { Handlers } from "../platform/http/operations.ts";
import type { Platform } from "../platform/platform.ts";
import { problemsOfYear } from "./check-year.ts";
import { calendarState, layerChanges, yearChanges } from "./queries.ts";
import { announcedRun, type CalendarState, type LayerState, layerKey } from "./state.ts";
import { calendarYear } from "./year-view.ts";

const iso = (atMs: number): string => new Date(atMs).toISOString();

type Changes = Awaited<ReturnType<typeof layerChanges>>;

function layerView(state: CalendarState, layer: LayerState, tree: OrganisationTree, changes: Changes) {
  const key = layerKey(layer.unitId);
  const change = changes.find(({ layerKey: changed }) => changed === key);
  const name = layer.unitId === null ? undefined : tree.unit(layer.unitId)?.name;
  return {
    key,
    unitId: layer.unitId,
    title: name === undefined ? { zh: "全公司", en: "Whole company" } : { zh: name, en: name },
    zone: layer.zone,
    hours: layer.hours === null ? null : [...layer.hours],
    week: layer.week === null ? null : [...layer.week],
    overrideCount: layer.overrides.length,
    announcedUntil: layer.unitId === null ? (announcedRun(state)?.through ?? null) : null,
    updatedAt: iso(change?.changedAtMs ?? 0),
    updatedBy: change?.changedBy ?? null,
  };
}

// A person sees the calendars that rule where they are: the company's, and those of units at, above or below a unit of theirs.
const mayRead = (scope: Scope, tree: OrganisationTree, unitId: number | null): boolean =>
  unitId === null ||
  can(scope, tree, "calendar.read", unitId) ||
  scope.grants.some((grant) => tree.isWithin(grant.unitId, unitId));

/** Reading the calendars. Changing them is a change of the rulebook (server/clock). */
export function calendarRoutes(platform: Platform): Handlers<typeof calendarOperations> {
  const { db } = platform;
  return {
    async listCalendars({ scope }) {
      const [tree, state, changes] = await Promise.all([currentTree(platform), calendarState(db), layerChanges(db)]);
      const layers = state.layers.filter(({ unitId }) => mayRead(scope, tree, unitId));
      return { layers: layers.map((layer) => layerView(state, layer, tree, changes)) };
    },
    async getCalendar({ params, scope }) {
      const [tree, state, changes, entered] = await Promise.all([
        currentTree(platform),
        calendarState(db),
        layerChanges(db),
        yearChanges(db),
      ]);
      const layer = state.layers.find(({ unitId }) => layerKey(unitId) === params.key);
      if (!layer || !mayRead(scope, tree, layer.unitId)) return refuse("request.not-found");
      const years = layer.unitId === null ? state.years : [];
      return {
        ...layerView(state, layer, tree, changes),
        overrides: [...layer.overrides],
        years: years.map(({ year, notice, off, makeUp }) => {
          const entry = entered.find((one) => one.year === year);
          return {
            year,
            notice,
            offDays: off.length,
            makeUpDays: makeUp.length,
            enteredAt: iso(entry?.enteredAtMs ?? 0),
            enteredBy: entry?.enteredBy ?? null,
          };
        }),
      };
    },
    async getCalendarYear({ params, query, scope }) {
      const [tree, state] = await Promise.all([currentTree(platform), calendarState(db)]);
      const { unitId } = query;
      if (unitId !== undefined && (!tree.unit(unitId) || !mayRead(scope, tree, unitId))) return refuse("request.not-found");
      return calendarYear(state, params.year, unitId === undefined ? [] : tree.path(unitId));
    },
    async checkCalendarYear({ body }) {
      const problems = problemsOfYear(body);
      const { calendar } = { calendar: await calendarState(db) };
      const entered = { ...calendar, years: [...calendar.years.filter(({ year }) => year !== body.year), body] };
      return { problems, workingDays: problems.length > 0 ? 0 : calendarYear(entered, body.year, []).workingDays };
    },
  };
}

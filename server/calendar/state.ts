// The calendars as a whole: what was announced and what the layers rule. A rulebook keeps a copy of it, so that every deadline can
// be computed again with the calendar it was made with.
import type { CalendarYearEntry, DateOverride, WorkInterval } from "@bihuan/contract/calendar.ts";
import type { CalendarDate, CalendarLayer } from "@bihuan/core/calendar/definition.ts";

/** The layer of announced dates: below every other, written by notices only. */
export const OFFICIAL = "official";
/** The utility's own layer for the whole country or company, and the prefix of units' layers. */
export const NATIONAL = "national";

/** `null` names the national layer. */
export const layerKey = (unitId: number | null): string => (unitId === null ? NATIONAL : `unit-${unitId}`);

export type LayerState = {
  readonly unitId: number | null;
  /** IANA; set by the national layer. */
  readonly zone: string | null;
  readonly hours: readonly WorkInterval[] | null;
  /** Monday first. */
  readonly week: readonly boolean[] | null;
  /** By date. */
  readonly overrides: readonly DateOverride[];
};

/** Years ascending; the national layer first, units by id. */
export type CalendarState = { readonly years: readonly CalendarYearEntry[]; readonly layers: readonly LayerState[] };

/** First and last of the newest unbroken run of announced years: a gap makes what lies before it provisional. */
export function announcedRun(state: CalendarState): { from: number; through: number } | null {
  const years = new Set(state.years.map(({ year }) => year));
  const through = Math.max(...years);
  if (!Number.isFinite(through)) return null;
  let from = through;
  while (years.has(from - 1)) from--;
  return { from, through };
}

const byDate = (a: { date: string }, b: { date: string }): number => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0);

function officialLayer(state: CalendarState): CalendarLayer {
  const run = announcedRun(state);
  const dates = state.years.flatMap(({ off, makeUp }): CalendarDate[] => [
    ...off.map(({ date, name }) => ({ date, name, working: false })),
    ...makeUp.map(({ date, name }) => ({ date, name, working: true })),
  ]);
  return {
    key: OFFICIAL,
    title: { zh: "国务院办公厅公布的节假日安排", en: "Holidays as announced by the State Council" },
    dates: dates.sort(byDate),
    ...(run ? { announcedFrom: run.from, announcedThrough: run.through } : {}),
  };
}

/**
 * The layers in force at a place, the announced dates first, then the national layer, then those of the units on the way down.
 * In: unit ids from the root to the unit (empty: the national calendar).
 */
export function layersAt(state: CalendarState, path: readonly number[]): CalendarLayer[] {
  const found = [null, ...path].flatMap((unitId) => state.layers.find((layer) => layer.unitId === unitId) ?? []);
  return [
    officialLayer(state),
    ...found.map(
      ({ unitId, zone, hours, week, overrides }): CalendarLayer => ({
        key: layerKey(unitId),
        title: unitId === null ? { zh: "全公司", en: "Whole company" } : { zh: `单位 ${unitId}`, en: `Unit ${unitId}` },
        zone,
        hours: hours as WorkInterval[] | null,
        week: week as boolean[] | null,
        dates: overrides as CalendarDate[],
      }),
    ),
  ];
}

/**
 * The state with a year entered, in place of what was entered for that year before. A date that an earlier notice names as well is
 * the new one's.
 */
export function withYear(state: CalendarState, entry: CalendarYearEntry): CalendarState {
  const named = new Set([...entry.off, ...entry.makeUp].map(({ date }) => date));
  const others = state.years
    .filter(({ year }) => year !== entry.year)
    .map((other) =>
      [...other.off, ...other.makeUp].some(({ date }) => named.has(date))
        ? {
            ...other,
            off: other.off.filter(({ date }) => !named.has(date)),
            makeUp: other.makeUp.filter(({ date }) => !named.has(date)),
          }
        : other,
    );
  return { ...state, years: [...others, entry].sort((a, b) => a.year - b.year) };
}

/** The state with one layer changed; a layer that rules nothing any more is left out. */
export function withLayer(state: CalendarState, unitId: number | null, change: (layer: LayerState) => LayerState): CalendarState {
  const before = state.layers.find((layer) => layer.unitId === unitId) ?? {
    unitId,
    zone: null,
    hours: null,
    week: null,
    overrides: [],
  };
  const after = change(before);
  const empty = after.zone === null && after.hours === null && after.week === null && after.overrides.length === 0;
  const others = state.layers.filter((layer) => layer.unitId !== unitId);
  return { ...state, layers: [...others, ...(empty ? [] : [after])].sort((a, b) => (a.unitId ?? 0) - (b.unitId ?? 0)) };
}

/** A layer with dates set and cleared. */
export function withDates(layer: LayerState, set: readonly DateOverride[], clear: readonly string[]): LayerState {
  const gone = new Set([...clear, ...set.map(({ date }) => date)]);
  return { ...layer, overrides: [...layer.overrides.filter(({ date }) => !gone.has(date)), ...set].sort(byDate) };
}

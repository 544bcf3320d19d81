// Three lanes of work by urgency, cut along one line: the instant something is due.
import { DAY_MS } from "../../calendar/civil-date.ts";
import { toInstantMs, toLocalMs, type Zone } from "../../calendar/zone.ts";

export const lanes = ["now", "today", "later"] as const;
export type Lane = (typeof lanes)[number];

/** What is due within this time is for now: the shortest promise, an arrival in town, is three quarters of an hour. */
export const NOW_MINUTES = 60;

export type LaneEnds = {
  /** Up to here, inclusive, it is for now: overdue, or due within {@link NOW_MINUTES}. */
  readonly nowUntilMs: number;
  /** Up to here it is for today: the end of the local day, or where now ends, late in the evening. */
  readonly todayUntilMs: number;
};

/** Where the lanes end. In: now (epoch ms), the zone of the reader's unit. */
export function laneEnds(nowMs: number, zone: Zone): LaneEnds {
  const nowUntilMs = nowMs + NOW_MINUTES * 60_000;
  const nextDay = (Math.floor(toLocalMs(zone, nowMs) / DAY_MS) + 1) * DAY_MS;
  return { nowUntilMs, todayUntilMs: Math.max(nowUntilMs, toInstantMs(zone, nextDay)) };
}

/** The lane of something due at an instant; what is not timed can wait. */
export function laneOf(dueAtMs: number | null, { nowUntilMs, todayUntilMs }: LaneEnds): Lane {
  if (dueAtMs === null) return "later";
  if (dueAtMs <= nowUntilMs) return "now";
  return dueAtMs <= todayUntilMs ? "today" : "later";
}

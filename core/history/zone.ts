// The zone a file's times belong to: an IANA zone, or `floating`, where the wall clock is taken as it stands.
import { compileZone, isZone, toInstantMs, toLocalMs } from "../calendar/zone.ts";

export type Zone = {
  /** IANA name, or `floating`. */
  readonly name: string;
  /** The instant of a wall-clock time. In and out: epoch milliseconds; the wall clock is written as if it were UTC. */
  toInstant(wallMs: number): number;
  /** The wall clock at an instant, written as if it were UTC. */
  toWall(atMs: number): number;
};

/** The wall clock taken as it is: no zone, no summer time. Such instants compare with each other and with nothing else. */
export const floating: Zone = { name: "floating", toInstant: (wallMs) => wallMs, toWall: (atMs) => atMs };

/** A zone by name. Null where nobody knows the name. */
export function zoneOf(name: string): Zone | null {
  if (name === "floating") return floating;
  if (!isZone(name)) return null;
  const zone = compileZone(name);
  return { name, toInstant: (wallMs) => toInstantMs(zone, wallMs), toWall: (atMs) => toLocalMs(zone, atMs) };
}

/** A wall-clock time written as if it were UTC. Years below 100 are years of the first century, not of the twentieth. */
export function wallClock(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, millisecond = 0): number {
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  return year >= 0 && year < 100 ? new Date(ms).setUTCFullYear(year) : ms;
}

/** The civil date of a wall clock, `YYYY-MM-DD`. */
export const civilDate = (wallMs: number): string => new Date(wallMs).toISOString().slice(0, 10);

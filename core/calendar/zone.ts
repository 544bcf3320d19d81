// A time zone compiled to the instants at which its offset changes: found once, then looked up without Intl.
import { DAY_MS } from "./civil-date.ts";

/** Offsets are local time minus UTC in milliseconds; `offsetsMs[i]` holds before `transitionsAtMs[i]`, the last one for ever after. */
export type Zone = { readonly name: string; readonly transitionsAtMs: Float64Array; readonly offsetsMs: Int32Array };

const FROM_MS = 0;
const THROUGH_MS = 130 * 365.25 * DAY_MS;
// No zone has changed its offset twice within this time since 1970 (Morocco's summer time pauses for a month in Ramadan).
const STEP_MS = 14 * DAY_MS;

function offsetReader(iana: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: iana, timeZoneName: "longOffset" });
  return (atMs) => {
    const text = format.formatToParts(atMs).find((part) => part.type === "timeZoneName")?.value ?? "";
    const match = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
    if (!match) throw new Error(`zone ${iana}: offset not understood: ${text}`);
    const [, sign, hours = "0", minutes = "0", seconds = "0"] = match;
    return (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  };
}

function compile(iana: string): Zone {
  const offsetAt = offsetReader(iana);
  const transitions: number[] = [];
  const offsets = [offsetAt(FROM_MS)];
  for (let at = FROM_MS; at < THROUGH_MS; at += STEP_MS) {
    const before = offsets[offsets.length - 1] as number;
    const after = offsetAt(at + STEP_MS);
    if (after === before) continue;
    let [low, high] = [at, at + STEP_MS];
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    transitions.push(high);
    offsets.push(after);
  }
  return { name: iana, transitionsAtMs: Float64Array.from(transitions), offsetsMs: Int32Array.from(offsets) };
}

const compiled = new Map<string, Zone>();

/**
 * Compiles an IANA zone for 1970 to 2100 (outside, the nearest offset holds). The result depends on the name alone, so it is
 * kept. Errors: RangeError where nobody knows the name.
 */
export function compileZone(iana: string): Zone {
  let zone = compiled.get(iana);
  if (zone === undefined) {
    zone = compile(iana);
    compiled.set(iana, zone);
  }
  return zone;
}

/** True where `compileZone` would not throw. */
export function isZone(iana: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: iana });
    return true;
  } catch {
    return false;
  }
}

/** Local time minus UTC at an instant, in milliseconds. */
export function offsetAt(zone: Zone, atMs: number): number {
  const { transitionsAtMs, offsetsMs } = zone;
  let high = transitionsAtMs.length;
  if (high === 0 || atMs >= (transitionsAtMs[high - 1] as number)) return offsetsMs[high] as number;
  let low = 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (atMs < (transitionsAtMs[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return offsetsMs[low] as number;
}

/** The wall clock at an instant, written as if it were UTC. */
export const toLocalMs = (zone: Zone, atMs: number): number => atMs + offsetAt(zone, atMs);

/**
 * The instant of a wall-clock time (written as if it were UTC). A time that occurs twice means its first occurrence; one that
 * is skipped moves forward by the gap.
 */
export function toInstantMs(zone: Zone, localMs: number): number {
  const before = offsetAt(zone, localMs - DAY_MS);
  const after = offsetAt(zone, localMs + DAY_MS);
  if (before === after || offsetAt(zone, localMs - before) === before) return localMs - before;
  return offsetAt(zone, localMs - after) === after ? localMs - after : localMs - before;
}

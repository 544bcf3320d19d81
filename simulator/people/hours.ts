// When people are at work, by the clock on the county's wall.
import { compileZone, toLocalMs } from "@bihuan/core/calendar/zone.ts";

/** `always`: hotline and repair, day and night · `desk`: whoever calls customers, every day · `office`: weekdays, Saturday mornings. */
export type Shift = "always" | "desk" | "office";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const hour = (hours: number) => hours * 60;

/** Minutes since midnight between which a shift works on a day of the week (0 is Sunday); null on a day off. */
const working: Readonly<Record<Shift, (weekday: number) => readonly [from: number, to: number] | null>> = {
  always: () => [0, hour(24)],
  desk: () => [hour(8.5), hour(20.5)],
  office: (weekday) => (weekday === 0 ? null : weekday === 6 ? [hour(9), hour(12)] : [hour(8), hour(18)]),
};

/** The first instant from one on at which a shift is at work. In and out: epoch ms. Nobody starts with the stroke of the clock: `late` minutes are added. */
export function onDuty(shift: Shift, atMs: number, zone: string, late = 0): number {
  const compiled = compileZone(zone);
  const localMs = toLocalMs(compiled, atMs);
  const minute = Math.floor((localMs % DAY_MS) / MINUTE_MS);
  for (let days = 0; days < 8; days++) {
    const midnight = Math.floor(localMs / DAY_MS) + days;
    const hours = working[shift]((midnight + 4) % 7); // the first of January 1970 was a Thursday
    if (!hours) continue;
    const [from, to] = hours;
    if (days === 0 && minute >= from && minute < to) return atMs;
    if (days === 0 && minute >= to) continue;
    return atMs + (midnight * DAY_MS + (from + late) * MINUTE_MS - localMs);
  }
  return atMs;
}

// Calls by hour of the day: few at night, most before noon and again in the evening.
const calls = [2, 1, 1, 1, 1, 2, 4, 7, 10, 11, 10, 8, 7, 8, 9, 9, 8, 8, 9, 10, 9, 7, 5, 3] as const;
const mean = calls.reduce((sum, share) => sum + share, 0) / 24;

/** How busy an hour is against the mean of the day (1). In: epoch ms. */
export const busyness = (atMs: number, zone: string): number =>
  (calls[Math.floor((toLocalMs(compileZone(zone), atMs) % DAY_MS) / 3_600_000)] as number) / mean;

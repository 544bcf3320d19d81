// The instant at which open cases are judged, as a person writes it.
import { readInstant, type TimeFormat, timeFormat } from "./time-format.ts";
import { type Zone, zoneOf } from "./zone.ts";

const formats = ["ISO", "YYYY/MM/DD HH:mm:ss", "YYYY/MM/DD"].map((pattern) => timeFormat(pattern) as TimeFormat);

/** Whether the text is understood. */
export const isAsOf = (text: string): boolean => asOfInstant(text, zoneOf("UTC") as Zone) !== null;

/**
 * The instant of a report for cases of one zone. A text without an offset is read in that zone; for floating cases its wall
 * clock is taken as it stands, offset or not. Out: epoch milliseconds, null where the text is not understood.
 */
export const asOfInstant = (text: string, zone: Zone): number | null => readInstant(text.trim(), formats, zone);

/** Now, for cases of one zone. Floating cases are compared with the wall clock of `wallZone`. */
export const nowInstant = (nowMs: number, zone: Zone, wallZone: Zone): number =>
  zone.name === "floating" ? wallZone.toWall(nowMs) : nowMs;

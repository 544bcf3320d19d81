// Working hours as they are written in one line: `08:30-12:00 14:00-17:30`.
import { WorkInterval } from "@bihuan/contract/calendar.ts";

export const hoursText = (hours: readonly WorkInterval[]): string => hours.map(({ from, to }) => `${from}-${to}`).join(" ");

/** Null where the line is not understood, or the intervals do not follow one another. Dashes and commas of either script will do. */
export function readHours(line: string): WorkInterval[] | null {
  const parts = line
    .normalize("NFKC")
    .replace(/\s*[-–—~至到]\s*/g, "-")
    .split(/[\s,;、]+/)
    .filter((part) => part !== "");
  const hours: WorkInterval[] = [];
  for (const part of parts) {
    const [from = "", to = "", ...rest] = part.split("-").map((time) => time.padStart(5, "0"));
    const parsed = WorkInterval.safeParse({ from, to });
    const last = hours.at(-1);
    if (rest.length > 0 || !parsed.success || to <= from || (last && from < last.to)) return null;
    hours.push(parsed.data);
  }
  return hours.length > 0 ? hours : null;
}

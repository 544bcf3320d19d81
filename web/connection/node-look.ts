// How a node of a connection looks: the shape of its clock, and the day that matters.
import type { TrackedNode } from "@bihuan/contract/connection.ts";
import type { ClockState } from "../ui/clock-shape.tsx";
import { type Language, wallClock, wallDate } from "../ui/format.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number): string => String(value).padStart(2, "0");

/** The day of an instant: 03-16, 16 Mar. As the end of a period, midnight belongs to the day before. */
export function shortDay(at: string, zone: string, language: Language, asEnd = false): string {
  const { month, day } = wallClock(Date.parse(at) - (asEnd ? 1 : 0), zone);
  return language === "zh" ? `${two(month)}-${two(day)}` : `${day} ${months[month - 1]}`;
}

/** The state of a node's chip. What falls due today is red, as everywhere. */
export function nodeLook({ state, dueAt }: TrackedNode, nowMs: number, zone: string): ClockState | null {
  switch (state) {
    case "NONE":
      return null;
    case "RUNNING": {
      if (dueAt === null) return "plenty";
      const dueDay = wallDate(wallClock(Date.parse(dueAt) - 1, zone));
      return Date.parse(dueAt) < nowMs ? "overdue" : dueDay === wallDate(wallClock(nowMs, zone)) ? "red" : "plenty";
    }
    case "OVERDUE":
      return "overdue";
    case "PAUSED":
      return "suspended";
    case "MET":
      return "met";
    case "MISSED":
      return "missed";
  }
}

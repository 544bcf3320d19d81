// The clock chip: one look and one sentence for a clock at an instant.
import type { Bilingual } from "../../text.ts";
import { toLocalMs, type Zone } from "../../calendar/zone.ts";
import { DAY_MS } from "../../calendar/civil-date.ts";
import { durationText, localInstant } from "../duration-text.ts";
import type { Clock } from "../types.ts";
import type { ClockUse } from "./use.ts";

/** Running: plenty of time, then the three warning levels, then overdue. Standing still: suspended. Done: met, missed, superseded, lapsed. */
export type ChipState =
  | "plenty"
  | "reminder"
  | "coordinate"
  | "red"
  | "overdue"
  | "suspended"
  | "met"
  | "missed"
  | "superseded"
  | "lapsed";

export type Chip = {
  readonly state: ChipState;
  /** How far the ring is filled, 0 to 1. */
  readonly share: number;
  /** An average limit: a target to aim at, which the order cannot miss as such. */
  readonly isTarget: boolean;
  /** The figure may move when the year's holidays are announced. */
  readonly provisional: boolean;
  readonly text: Bilingual;
  /** For the hover text and `<time>`: when it is or was due; null while an open pause decides. */
  readonly dueAtMs: number | null;
};

/** Shares of the limit at which the levels begin. */
export type ChipThresholds = { readonly reminder: number; readonly coordinate: number; readonly red: number };
const defaultThresholds: ChipThresholds = { reminder: 0.5, coordinate: 0.8, red: 0.9 };

export type ChipClock = Pick<
  Clock,
  "status" | "dueAtMs" | "pausedUntilMs" | "dueIfPausedUntilMs" | "stoppedAtMs" | "unit" | "limitKind" | "pauses" | "provisional"
>;

export type ChipInput = {
  readonly clock: ChipClock;
  readonly nowMs: number;
  /** What `clockUse` says at `nowMs`. */
  readonly use: Pick<ClockUse, "share" | "remaining">;
  readonly zone: Zone;
  /** What a suspension reason is called; the code itself where absent. */
  reasonTitle?(code: string): Bilingual | undefined;
  /** Of a clock that lapsed: what happened instead. */
  readonly lapse?: Bilingual | null;
  readonly thresholds?: ChipThresholds;
};

const HOUR_MS = 3_600_000;
/** Days that are left come from a share: four fifths of five must not leave 0.9999 of a day. */
const TOLERANCE = 1e-6;

/** The chip of a clock. A pause past its approved end counts as over. */
export function clockChip(input: ChipInput): Chip {
  const { clock, nowMs, use } = input;
  const isPaused = clock.status === "paused" && (clock.pausedUntilMs === null || nowMs < clock.pausedUntilMs);
  const dueAtMs = isPaused ? clock.dueIfPausedUntilMs : (clock.dueAtMs ?? clock.dueIfPausedUntilMs);
  const isTarget = clock.limitKind === "average";
  const chip = (state: ChipState, text: Bilingual, share = use.share): Chip => ({
    state,
    share,
    isTarget,
    provisional: clock.provisional,
    text,
    dueAtMs,
  });
  if (isDone(clock.status)) return chip(clock.status, verdictText(clock, input.zone, input.lapse));
  if (isPaused) return chip("suspended", suspendedText(input));
  if (dueAtMs === null) return chip("plenty", { zh: "未设时限", en: "no limit" }, 0);
  if (nowMs > dueAtMs) return chip("overdue", lateText(nowMs - dueAtMs, isTarget), 1);
  const state = stateOf(input, dueAtMs);
  return chip(state, remainingText(input, dueAtMs, state));
}

const isSameDay = (zone: Zone, nowMs: number, dueAtMs: number): boolean =>
  Math.floor(toLocalMs(zone, nowMs) / DAY_MS) === Math.floor((toLocalMs(zone, dueAtMs) - 1) / DAY_MS);

function stateOf({ clock, nowMs, use, zone, thresholds = defaultThresholds }: ChipInput, dueAtMs: number): ChipState {
  const inDays = clock.unit === "workingDay" || clock.unit === "calendarDay";
  if (use.share >= thresholds.red || (inDays && isSameDay(zone, nowMs, dueAtMs))) return "red";
  if (use.share >= thresholds.coordinate) return "coordinate";
  return use.share >= thresholds.reminder ? "reminder" : "plenty";
}

// Working days are said as such; so is what is left of opening hours. Everything else is the time on the wall.
function remainingText({ clock, nowMs, use, zone }: ChipInput, dueAtMs: number, state: ChipState): Bilingual {
  const leftMs = dueAtMs - nowMs;
  if (state === "red" && leftMs >= HOUR_MS && isSameDay(zone, nowMs, dueAtMs)) {
    const { time } = localInstant(zone, dueAtMs, true);
    return { zh: `今日 ${time} 到期`, en: `due today ${time}` };
  }
  if (clock.unit === "workingDay" && use.remaining + TOLERANCE >= 1 && leftMs >= DAY_MS) {
    const days = Math.floor(use.remaining + TOLERANCE);
    return { zh: `剩 ${days} 个工作日`, en: days === 1 ? "1 working day left" : `${days} working days left` };
  }
  if (clock.unit === "workingMinute") {
    const left = durationText(use.remaining * 60_000);
    return { zh: `剩 ${left.zh}（工作时间）`, en: `${left.en} of opening hours left` };
  }
  const left = durationText(leftMs);
  return { zh: `剩 ${left.zh}`, en: `${left.en} left` };
}

function lateText(lateMs: number, isTarget: boolean): Bilingual {
  const late = durationText(lateMs);
  return isTarget
    ? { zh: `超目标 ${late.zh}`, en: `${late.en} over target` }
    : { zh: `超时 ${late.zh}`, en: `${late.en} overdue` };
}

type Done = Extract<Clock["status"], ChipState>;
const isDone = (status: Clock["status"]): status is Done => status !== "running" && status !== "paused";
const notTaken: Bilingual = { zh: "未发生", en: "did not take place" };

/**
 * How a clock that is done came out, and by how much. A lead or lag of days is no figure of a limit in working days, weekends and
 * holidays being in it: there the two instants are said instead. In: the zone they are said in; what happened instead, where it lapsed.
 */
export function verdictText(
  { status, dueAtMs, stoppedAtMs, limitKind, unit }: Pick<ChipClock, "status" | "dueAtMs" | "stoppedAtMs" | "limitKind" | "unit">,
  zone: Zone,
  lapse: Bilingual | null = null,
): Bilingual {
  const isTarget = limitKind === "average";
  if (status === "superseded") return { zh: "不再适用", en: "no longer applies" };
  if (status === "lapsed") {
    const why = lapse ?? notTaken;
    return { zh: `${why.zh}（不计）`, en: `${why.en} (not counted)` };
  }
  if (dueAtMs === null) return { zh: "已完成", en: "done" };
  const differenceMs = dueAtMs - (stoppedAtMs ?? dueAtMs);
  if (stoppedAtMs !== null && unit === "workingDay" && Math.abs(differenceMs) >= DAY_MS) {
    const [done, due] = [dayAndTime(zone, stoppedAtMs), dayAndTime(zone, dueAtMs, true)];
    const [zh, en] = status === "missed" ? ["超时", "late"] : isTarget ? ["达标", "within target"] : ["按时", "on time"];
    return { zh: `${zh} ${done} 完成（到期 ${due}）`, en: `${en}: done ${done}, due ${due}` };
  }
  if (status === "missed") {
    const late = durationText(-differenceMs);
    return isTarget
      ? { zh: `超目标 ${late.zh}`, en: `${late.en} over target` }
      : { zh: `超时 ${late.zh}`, en: `${late.en} late` };
  }
  const onTime: Bilingual = isTarget ? { zh: "达标", en: "within target" } : { zh: "按时", en: "on time" };
  if (differenceMs < 60_000) return onTime;
  const early = durationText(differenceMs);
  return { zh: `${onTime.zh} 提前 ${early.zh}`, en: `${onTime.en}, ${early.en} early` };
}

/** 03-08 24:00; the year stands in the hover text. */
function dayAndTime(zone: Zone, atMs: number, asEnd = false): string {
  const { date, time } = localInstant(zone, atMs, asEnd);
  return `${date.slice(5)} ${time}`;
}

function suspendedText({ clock, reasonTitle }: ChipInput): Bilingual {
  const code = clock.pauses.findLast((pause) => pause.stopsClock)?.reason ?? "";
  const title = reasonTitle?.(code) ?? { zh: code, en: code };
  return { zh: `挂起：${title.zh}`, en: `suspended: ${title.en}` };
}

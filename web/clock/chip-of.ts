// The chip of a clock as the browser knows it: from the instants the server sent, without its rulebook and calendar.
import type { ClockView, OrderRow } from "@bihuan/contract/work-order.ts";
import { compileZone } from "@bihuan/core/calendar/zone.ts";
import { type Chip, clockChip } from "@bihuan/core/clock/explaining/chip.ts";
import { suspensionReasons } from "@bihuan/core/flow/actions/suspension.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";

const reasons: Readonly<Record<string, Bilingual | undefined>> = suspensionReasons;
export const reasonTitle = (code: string): Bilingual | undefined => reasons[code];

export type SharePoint = { readonly share: number; readonly atMs: number };

/**
 * The share of the limit used at an instant. It grows evenly between the points, which stand where its growth changes: at the
 * ends of opening hours, of weekends, of pauses.
 */
export function shareAt(points: readonly SharePoint[], atMs: number): number {
  let before: SharePoint | null = null;
  for (const point of points) {
    if (atMs < point.atMs) {
      if (!before) return 0;
      return before.share + ((point.share - before.share) * (atMs - before.atMs)) / (point.atMs - before.atMs);
    }
    before = point;
  }
  return before?.share ?? 0;
}

const ms = (at: string | null): number | null => (at === null ? null : Date.parse(at));

/** In: the clock as the server sent it, now in ms, the IANA zone it is read in. */
export function chipOf(clock: ClockView, nowMs: number, zone: string): Chip {
  const startedAtMs = Date.parse(clock.startedAt);
  const dueAtMs = ms(clock.dueAt);
  const points = [
    { share: 0, atMs: startedAtMs },
    ...clock.points.map(({ share, at }) => ({ share, atMs: Date.parse(at) })),
    ...(dueAtMs === null ? [] : [{ share: 1, atMs: dueAtMs }]),
  ].sort((a, b) => a.atMs - b.atMs);
  const share = shareAt(points, ms(clock.stoppedAt) ?? nowMs);
  return clockChip({
    clock: {
      status: clock.status,
      dueAtMs,
      // The server sends a pause's end as the end of the pause; until then the clock stands.
      pausedUntilMs: null,
      dueIfPausedUntilMs: null,
      stoppedAtMs: ms(clock.stoppedAt),
      unit: clock.unit,
      limitKind: clock.limitKind,
      pauses: clock.pauses.map(({ from, to, reason, stopsClock }) => ({
        fromMs: Date.parse(from),
        toMs: ms(to),
        reason,
        stopsClock,
      })),
      provisional: clock.provisional,
    },
    nowMs,
    use: { share, remaining: (1 - share) * (clock.amount ?? 0) },
    zone: compileZone(zone),
    reasonTitle,
    lapse: clock.lapse,
  });
}

/**
 * The main clock of an order in a list; null where nothing is timed. A finished order is late where it missed a maximum of the law or
 * of a promise; one of the house is told beside it.
 */
export function chipOfRow(
  row: Pick<OrderRow, "status" | "dueAt" | "dueFrom" | "missed"> & Partial<Pick<OrderRow, "missedInternal">>,
  nowMs: number,
  zone: string,
): Pick<Chip, "state" | "share" | "text" | "dueAtMs"> | null {
  if (row.status === "SUSPENDED")
    return { state: "suspended", share: 0, text: { zh: "挂起", en: "suspended" }, dueAtMs: ms(row.dueAt) };
  if (row.status !== "OPEN") {
    const [state, verdict] =
      row.missed > 0
        ? (["missed", { zh: `超时 ${row.missed} 项`, en: `${row.missed} late` }] as const)
        : (["met", { zh: "按时", en: "on time" }] as const);
    const n = row.missedInternal ?? 0;
    const text = n === 0 ? verdict : { zh: `${verdict.zh}，超内部时限 ${n} 项`, en: `${verdict.en}, ${n} internal missed` };
    return { state, share: 1, text, dueAtMs: null };
  }
  const dueAtMs = ms(row.dueAt);
  if (dueAtMs === null) return null;
  const fromMs = ms(row.dueFrom) ?? dueAtMs;
  const share = shareAt(
    [
      { share: 0, atMs: fromMs },
      { share: 1, atMs: dueAtMs },
    ],
    nowMs,
  );
  return clockChip({
    clock: {
      status: "running",
      dueAtMs,
      pausedUntilMs: null,
      dueIfPausedUntilMs: null,
      stoppedAtMs: null,
      unit: null,
      limitKind: "max",
      pauses: [],
      provisional: false,
    },
    nowMs,
    use: { share, remaining: 0 },
    zone: compileZone(zone),
  });
}

/** Running before standing, the tightest first; what is finished after that, the last first. */
export function sortClocks(clocks: readonly ClockView[]): { live: ClockView[]; finished: ClockView[] } {
  const due = (clock: ClockView): number => ms(clock.dueAt) ?? Number.POSITIVE_INFINITY;
  const rank = ({ status, limitKind }: ClockView): number => (status === "running" ? (limitKind === "max" ? 0 : 1) : 2);
  return {
    live: clocks
      .filter(({ status }) => status === "running" || status === "paused")
      .sort((a, b) => rank(a) - rank(b) || due(a) - due(b)),
    finished: clocks
      .filter(({ status }) => status !== "running" && status !== "paused")
      .sort((a, b) => (ms(b.stoppedAt) ?? 0) - (ms(a.stoppedAt) ?? 0)),
  };
}

/** One clock among those of an order. */
export const clockKey = ({
  episode,
  slot,
  authority,
  round,
  subject,
}: Pick<ClockView, "episode" | "slot" | "authority" | "round" | "subject">): string =>
  [episode, slot, authority, round, subject ?? ""].join("/");

/**
 * Clocks that run once per urge or request are many of a kind: the tightest of each kind, and how many more there are. In: sorted
 * by urgency.
 */
export function oneOfEach<C extends Pick<ClockView, "slot" | "authority" | "limitKind" | "status">>(
  clocks: readonly C[],
): { readonly first: readonly C[]; readonly alike: number } {
  const kinds = new Set<string>();
  const first = clocks.filter(({ slot, authority, limitKind, status }) => {
    const kind = [slot, authority, limitKind, status].join("/");
    return !kinds.has(kind) && kinds.add(kind);
  });
  return { first, alike: clocks.length - first.length };
}

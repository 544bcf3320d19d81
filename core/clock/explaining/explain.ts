// Why a deadline is what it is: the sum of every span that was counted or skipped, each with its reason, and the rule it comes from.
import type { Bilingual } from "../../text.ts";
import type { Zone } from "../../calendar/zone.ts";
import type { ClockRule } from "../rules/rule.ts";
import type { CompiledRule, Rulebook } from "../rules/rulebook.ts";
import { verdictText } from "./chip.ts";
import { type SpanReason, spansOf } from "./spans.ts";
import type { Clock, LimitKind } from "../types.ts";

/**
 * A stretch of one reason. Spans follow one another from the start to the due instant, or to where the clock stopped; only an open
 * pause has no end.
 */
export type ExplainedSpan = {
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly counted: boolean;
  readonly reason: SpanReason;
  /** The holiday, or the occasion of a make-up day. */
  readonly name: Bilingual | null;
  /** Reason codes of the suspension. */
  readonly suspension: readonly string[];
  /** Counted in this span, in the explanation's measure; what an extension adds is not counted, yet measured. */
  readonly amount: number;
  /** Counted up to its end. */
  readonly total: number;
};

/** How a clock ended: when, what happened then (null where nobody names it), and how it came out. */
export type ExplainedEnd = { readonly atMs: number; readonly by: Bilingual | null; readonly verdict: Bilingual };

/** What an explanation tells beyond the clock itself. */
export type Circumstances = {
  /** Instants at which spans are cut, earliest first: the order came into other hands. */
  readonly cutsMs?: readonly number[];
  /** What the event is called that stopped it. */
  readonly stoppedBy?: Bilingual | null;
  /** Of a clock that lapsed: what happened instead. */
  readonly lapse?: Bilingual | null;
};

export type Explanation = {
  /** What amounts are in: whole days, or minutes. */
  readonly measure: "day" | "minute";
  readonly spans: readonly ExplainedSpan[];
  readonly startedAtMs: number;
  /** Null while it runs or stands. */
  readonly ended: ExplainedEnd | null;
  readonly dueAtMs: number | null;
  readonly dueBeforeExtensionMs: number | null;
  /** Whether an approved extension decides the due instant; null where there is none, or where an open pause keeps both unknown. */
  readonly extensionCounts: boolean | null;
  /** Null for a limit that was given with the order. */
  readonly rule: ClockRule | null;
  readonly pack: string | null;
  readonly rulebookVersion: number | null;
  readonly limitKind: LimitKind;
  readonly provisional: boolean;
  readonly zone: Zone;
};

/**
 * Explains a clock: its whole limit while it runs, and what it took once it is done. In: the clock; the rulebook its rule is of
 * (for a given limit, any: only the zone is taken from it); what else is told.
 * Errors: throws where the rulebook does not hold the clock's rule.
 */
export function explainClock(clock: Clock, rulebook: Rulebook, told: Circumstances = {}): Explanation {
  const compiled = ruleOf(clock, rulebook);
  const zone = calendarOf(clock, rulebook)?.zone ?? rulebook.zone;
  const { stoppedAtMs } = clock;
  return {
    measure: measureOf(clock),
    spans:
      stoppedAtMs === null ? limitSpans(clock, rulebook, told.cutsMs) : spansUntil(clock, rulebook, stoppedAtMs, told.cutsMs),
    startedAtMs: clock.startedAtMs,
    ended:
      stoppedAtMs === null
        ? null
        : { atMs: stoppedAtMs, by: told.stoppedBy ?? null, verdict: verdictText(clock, zone, told.lapse) },
    dueAtMs: clock.dueAtMs,
    dueBeforeExtensionMs: clock.dueBeforeExtensionMs,
    extensionCounts:
      clock.dueBeforeExtensionMs === null ? null : clock.dueBeforeExtensionMs !== (clock.dueAtMs ?? clock.dueIfPausedUntilMs),
    rule: compiled?.rule ?? null,
    pack: compiled?.pack ?? null,
    rulebookVersion: clock.rule?.rulebookVersion ?? null,
    limitKind: clock.limitKind,
    provisional: clock.provisional,
    zone,
  };
}

const calendarOf = ({ calendar }: Clock, rulebook: Rulebook) =>
  calendar === null ? null : (rulebook.calendars.get(calendar) ?? null);

/** What the amounts of a clock's spans are in. */
export const measureOf = ({ unit }: Pick<Clock, "unit">): Explanation["measure"] =>
  unit === "workingDay" || unit === "calendarDay" ? "day" : "minute";

/**
 * The spans of a clock's whole limit, from its start to its due instant, whether or not it has stopped. In: as for an explanation;
 * the instants at which spans are cut.
 */
export function limitSpans(clock: Clock, rulebook: Rulebook, cutsMs: readonly number[] = []): readonly ExplainedSpan[] {
  let total = 0;
  return spansOf(clock, ruleOf(clock, rulebook)?.rule ?? null, calendarOf(clock, rulebook), cutsMs).map((span): ExplainedSpan => {
    const { fromMs, reason, name, suspension, amount } = span;
    const counted = amount > 0 && reason !== "extended";
    if (counted) total += amount;
    return {
      fromMs,
      toMs: Number.isFinite(span.toMs) ? span.toMs : null,
      counted,
      reason,
      name,
      suspension,
      amount,
      total,
    };
  });
}

// What it took: the limit's spans as far as the stop, and where that came later, the time past the limit. Where a given limit names
// no instant, all of it counts.
function spansUntil(
  clock: Clock,
  rulebook: Rulebook,
  stoppedAtMs: number,
  cutsMs: readonly number[] = [],
): readonly ExplainedSpan[] {
  const within = cutsMs.filter((cutMs) => cutMs < stoppedAtMs);
  const spans = limitSpans(clock, rulebook, [...within, stoppedAtMs]).filter(({ fromMs }) => fromMs < stoppedAtMs);
  const last = spans.at(-1);
  let fromMs = last === undefined ? clock.startedAtMs : (last.toMs ?? stoppedAtMs);
  let total = last?.total ?? 0;
  const beyond = [...within.filter((cutMs) => cutMs > fromMs), stoppedAtMs].flatMap((toMs): ExplainedSpan[] => {
    if (toMs <= fromMs) return [];
    const amount = clock.dueAtMs === null ? (toMs - fromMs) / 60_000 : 0;
    total += amount;
    const [counted, reason] = clock.dueAtMs === null ? ([true, "counted"] as const) : ([false, "overdue"] as const);
    const span = { fromMs, toMs, counted, reason, name: null, suspension: [], amount, total };
    fromMs = toMs;
    return [span];
  });
  return [...spans, ...beyond];
}

function ruleOf(clock: Clock, rulebook: Rulebook): CompiledRule | null {
  if (clock.rule === null) return null;
  const found = rulebook.rules.get(`${clock.rule.pack}/${clock.rule.key}`);
  if (found === undefined || rulebook.version !== clock.rule.rulebookVersion)
    throw new Error(
      `rulebook ${rulebook.version} does not hold rule ${clock.rule.pack}/${clock.rule.key} of version ${clock.rule.rulebookVersion}`,
    );
  return found;
}

// Why a deadline is what it is: the sum of every span that was counted or skipped, each with its reason, and the rule it comes from.
import type { Bilingual } from "../../text.ts";
import type { Zone } from "../../calendar/zone.ts";
import type { ClockRule } from "../rules/rule.ts";
import type { CompiledRule, Rulebook } from "../rules/rulebook.ts";
import { type SpanReason, spansOf } from "./spans.ts";
import type { Clock, LimitKind } from "../types.ts";

/** A stretch of one reason. Spans follow one another from the start to the due instant; only an open pause has no end. */
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

export type Explanation = {
  /** What amounts are in: whole days, or minutes. */
  readonly measure: "day" | "minute";
  readonly spans: readonly ExplainedSpan[];
  readonly startedAtMs: number;
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
 * Explains a clock. In: the clock, and the rulebook its rule is of (for a given limit, any: only the zone is taken from it).
 * Errors: throws where the rulebook does not hold the clock's rule.
 */
export function explainClock(clock: Clock, rulebook: Rulebook): Explanation {
  const compiled = ruleOf(clock, rulebook);
  const calendar = clock.calendar === null ? null : (rulebook.calendars.get(clock.calendar) ?? null);
  const inDays = clock.unit === "workingDay" || clock.unit === "calendarDay";
  let total = 0;
  const spans = spansOf(clock, compiled?.rule ?? null, calendar).map((span): ExplainedSpan => {
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
  return {
    measure: inDays ? "day" : "minute",
    spans,
    startedAtMs: clock.startedAtMs,
    dueAtMs: clock.dueAtMs,
    dueBeforeExtensionMs: clock.dueBeforeExtensionMs,
    extensionCounts:
      clock.dueBeforeExtensionMs === null ? null : clock.dueBeforeExtensionMs !== (clock.dueAtMs ?? clock.dueIfPausedUntilMs),
    rule: compiled?.rule ?? null,
    pack: compiled?.pack ?? null,
    rulebookVersion: clock.rule?.rulebookVersion ?? null,
    limitKind: clock.limitKind,
    provisional: clock.provisional,
    zone: calendar?.zone ?? rulebook.zone,
  };
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

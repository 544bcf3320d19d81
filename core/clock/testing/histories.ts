// Random histories for properties: any order of actions, suspensions, corrections, relabellings and reopenings.
import fc from "fast-check";
import type { ClockRule } from "../rules/rule.ts";
import type { ClockSignal } from "../types.ts";
import { facts, ruleOf, shanghai } from "./samples.ts";

/** Rules in every unit, of every authority, with and without pauses. */
export const everyKindOfRule: readonly ClockRule[] = [
  ruleOf({ key: "dispatch", slot: "dispatch", amount: 20, unit: "minute" }),
  ruleOf({
    key: "arrival-urban",
    slot: "arrival",
    amount: 45,
    unit: "minute",
    when: { areaClass: ["URBAN"] },
    pausedBy: ["WEATHER"],
  }),
  ruleOf({ key: "arrival-rural", slot: "arrival", amount: 90, unit: "minute", pausedBy: ["WEATHER"] }),
  ruleOf({ key: "arrival-law", slot: "arrival", amount: 2, unit: "hour", authority: "law" }),
  ruleOf({ key: "restoration", slot: "restoration", amount: 180, unit: "workingMinute", pausedBy: ["*"], extendable: true }),
  ruleOf({ key: "contact", slot: "contact", amount: 24, unit: "hour", pausedBy: ["*"] }),
  ruleOf({ key: "processing", slot: "processing", amount: 4, unit: "workingDay", pausedBy: ["*"], extendable: true }),
  ruleOf({
    key: "processing-law",
    slot: "processing",
    amount: 10,
    unit: "calendarDay",
    authority: "law",
    pausedBy: ["CUSTOMER"],
  }),
  ruleOf({
    key: "processing-internal",
    slot: "processing",
    amount: 3,
    unit: "workingDay",
    authority: "internal",
    dayEnd: "close",
    afterHours: "next-working-day",
    pausedBy: ["CUSTOMER"],
    extendable: true,
  }),
  ruleOf({ key: "callback", slot: "callback", amount: 1, unit: "workingDay", limitKind: "average" }),
  ruleOf({
    key: "consultation",
    slot: "consultation",
    amount: 60,
    unit: "workingMinute",
    authority: "internal",
    pausedBy: ["*"],
  }),
  ruleOf({ key: "approval", slot: "approval", amount: 4, unit: "hour", authority: "internal", pausedBy: ["*"] }),
];

type Made = Omit<ClockSignal, "seq" | "atMs">;
const day = 86_400_000;

const plain = fc
  .constantFrom("dispatch", "return", "arrive", "restore", "contact", "reply", "callback", "note", "request", "decide")
  .map((type): Made => ({ type }));
const consultation = fc.record({ type: fc.constantFrom("consult", "answer-consultation"), subject: fc.constantFrom("7", "8") });
const suspension = fc
  .record({ reason: fc.constantFrom("WEATHER", "CUSTOMER"), days: fc.option(fc.integer({ min: 0, max: 9 })) })
  .map(
    ({ reason, days }) =>
      (atMs: number): Made => ({
        type: "suspend",
        pause: days === null ? { reason } : { reason, untilMs: atMs + days * day + 3_600_000 },
        ...(days === null ? {} : { dueAtMs: atMs + days * day + 3_600_000 }),
      }),
  );
const correction = fc.constantFrom("URBAN", "RURAL", null).map((areaClass): Made => ({ type: "correct", facts: { areaClass } }));
const relabelling = fc.constantFrom("repair", "complaint").map((flow): Made => ({ type: "reclassify", facts: { flow } }));
const extension = fc
  .record({
    days: fc.integer({ min: 0, max: 20 }),
    slot: fc.option(fc.constantFrom("processing", "restoration", "suspension"), { nil: undefined }),
  })
  .map(
    ({ days, slot }) =>
      (atMs: number): Made => ({
        type: "extend",
        extend: { dueAtMs: atMs + days * day, ...(slot === undefined ? {} : { slot }) },
      }),
  );
const ending = fc.constantFrom<Made>({ type: "archive", closesEpisode: true }, { type: "reopen", opensEpisode: true });

const action: fc.Arbitrary<Made | ((atMs: number) => Made)> = fc.oneof(
  { weight: 8, arbitrary: plain },
  { weight: 2, arbitrary: consultation },
  { weight: 3, arbitrary: suspension },
  { weight: 3, arbitrary: fc.constant<Made>({ type: "resume", resume: true }) },
  { weight: 1, arbitrary: correction },
  { weight: 1, arbitrary: relabelling },
  { weight: 1, arbitrary: extension },
  { weight: 1, arbitrary: ending },
);
// Minutes to days apart; sometimes at the very instant of the one before, sometimes claiming to be earlier.
const gapMs = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 300 }).map((minutes) => minutes * 60_000) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 100 }).map((hours) => hours * 3_600_000) },
  { weight: 1, arbitrary: fc.constant(-600_000) },
);

/** Histories of up to 25 signals that begin with an intake in 2023 to 2026, one rulebook version throughout. */
export const anyHistory: fc.Arbitrary<readonly ClockSignal[]> = fc
  .tuple(fc.integer({ min: 0, max: 1400 * 24 * 60 }), fc.array(fc.tuple(action, gapMs), { maxLength: 24, size: "max" }))
  .map(([startMinute, actions]) => {
    let atMs = shanghai("2023-01-01 00:00") + startMinute * 60_000;
    const signals: ClockSignal[] = [{ seq: 1, atMs, type: "intake", opensEpisode: true, facts, rulebookVersion: 1 }];
    for (const [made, gap] of actions) {
      atMs += gap;
      signals.push({ seq: signals.length + 1, atMs, ...(typeof made === "function" ? made(atMs) : made) });
    }
    return signals;
  });

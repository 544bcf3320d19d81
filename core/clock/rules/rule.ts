// What a rule is: who limits which stretch of which orders, by how much, on whose authority and on what source. All of it is data.
import { z } from "zod";
import { BilingualEntry } from "../../text.ts";
import { Authority, LimitKind, LimitUnit, type OrderFacts } from "../types.ts";

const Code = z.string().min(1).max(80);
const Key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/);
const Codes = z.array(Code).min(1);

/** Facts a rule asks about, each with the values it accepts. A unit is met by orders at it or anywhere below it. All must be met. */
export const RuleConditions = z.strictObject({
  subtype: Codes.optional(),
  areaClass: Codes.optional(),
  customerClass: Codes.optional(),
  voltage: Codes.optional(),
  grade: Codes.optional(),
  urgency: Codes.optional(),
  identity: Codes.optional(),
  origin: Codes.optional(),
  unit: z.array(z.int().positive()).min(1).optional(),
});
export type RuleConditions = z.infer<typeof RuleConditions>;
/** Facts that a condition compares as codes. */
export const codedFacts = [
  "subtype",
  "areaClass",
  "customerClass",
  "voltage",
  "grade",
  "urgency",
  "identity",
  "origin",
] as const satisfies readonly (keyof OrderFacts)[];

/** When a warning of a level is due: at a share of the limit used, or so long before the deadline. */
export const WarningPoint = z.strictObject({
  level: z.int().min(1).max(3),
  at: z.union([
    z.strictObject({ share: z.number().gt(0).lt(1) }),
    z.strictObject({ leadMinutes: z.number().positive() }),
    z.strictObject({ leadWorkingDays: z.number().positive() }),
    z.strictObject({ dueToday: z.literal(true) }),
  ]),
});
export type WarningPoint = z.infer<typeof WarningPoint>;

/** Who is told next when a warning of a level stays unanswered: a role, so many levels above the responsible unit. */
export const EscalationStep = z.strictObject({
  level: z.int().min(1).max(3),
  afterMinutes: z.number().min(0),
  role: Code,
  levelsUp: z.int().min(0).max(5),
});
export type EscalationStep = z.infer<typeof EscalationStep>;

/** Where the figure stands. `verified: false` wherever it was not read in the document itself; `note` says what is known. */
export const RuleSource = z.strictObject({
  document: BilingualEntry,
  article: BilingualEntry.nullable().default(null),
  edition: z.string().min(1).nullable().default(null),
  url: z.url().nullable().default(null),
  verified: z.boolean(),
  note: BilingualEntry.nullable().default(null),
});
export type RuleSource = z.infer<typeof RuleSource>;

/**
 * One limit. It holds for `slot` in the named flows (none named: in every flow that has the slot) and starts and stops with the
 * slot unless it names events of its own. Day units and working minutes need a `calendar`. `pausedBy` lists the suspension
 * reasons that stop it, `*` meaning every one. `validFrom` and `validTo` are its first and last day: an order's clock obeys the
 * rule that is valid when it starts.
 */
export const ClockRule = z.strictObject({
  key: Key,
  title: BilingualEntry,
  authority: Authority,
  flows: z.array(Code).default([]),
  slot: Code,
  from: Codes.nullable().default(null),
  until: Codes.nullable().default(null),
  amount: z.int().positive().max(1_000_000),
  unit: LimitUnit,
  limitKind: LimitKind.default("max"),
  calendar: Key.nullable().default(null),
  /** A period in days ends at midnight or at the close of business (Civil Code art. 203). */
  dayEnd: z.enum(["24:00", "close"]).default("24:00"),
  /** A start after the close of business or on a day off: taken as it is, or as of the next working day. */
  afterHours: z.enum(["same-day", "next-working-day"]).default("same-day"),
  when: RuleConditions.prefault({}),
  pausedBy: z.array(Code).default([]),
  /** Whether an approved extension moves it. */
  extendable: z.boolean().default(false),
  warnings: z.array(WarningPoint).default([]),
  escalation: z.array(EscalationStep).default([]),
  source: RuleSource,
  validFrom: z.iso.date().nullable().default(null),
  validTo: z.iso.date().nullable().default(null),
});
export type ClockRule = z.infer<typeof ClockRule>;

/**
 * Rules that belong together: an edition of a company's promises, a regulation, a province's own limits. `priority` ranks packs
 * that are adopted at the same unit, the highest first, whatever their rules ask about; left out it is 0. Mere defaults that any
 * other pack should replace have one below 0.
 */
export const RulePack = z.strictObject({
  key: Key,
  title: BilingualEntry,
  description: BilingualEntry.nullable().default(null),
  priority: z.int().min(-100).max(100).optional(),
  rules: z.array(ClockRule),
});
export type RulePack = z.infer<typeof RulePack>;

/** Everything of a rule that a clock's course depends on, as a text to compare: two rules of one course limit alike. */
export const courseOf = (rule: ClockRule): string =>
  JSON.stringify([
    rule.authority,
    rule.from,
    rule.until,
    rule.amount,
    rule.unit,
    rule.limitKind,
    rule.calendar,
    rule.dayEnd,
    rule.afterHours,
    rule.pausedBy,
    rule.extendable,
  ]);

/** How many facts a rule asks about; naming its flows counts as one. */
export const conditionCount = (rule: ClockRule): number =>
  Object.values(rule.when).filter((values) => values !== undefined).length + (rule.flows.length > 0 ? 1 : 0);

/** True where an order's facts meet every condition of the rule. A fact that is not known meets none. */
export function meetsConditions(rule: ClockRule, facts: OrderFacts): boolean {
  if (rule.flows.length > 0 && !rule.flows.includes(facts.flow)) return false;
  const { when } = rule;
  for (const fact of codedFacts) {
    const accepted = when[fact];
    if (accepted === undefined) continue;
    const value = facts[fact];
    if (value == null || !accepted.includes(value)) return false;
  }
  return when.unit === undefined || when.unit.some((unitId) => facts.organisationPath.includes(unitId));
}

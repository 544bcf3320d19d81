// Rule packs, the rulebook they make together with the calendars, and changing it: every change is dry-run first, and what is
// published is exactly what was shown.
import { Policies } from "@bihuan/core/clock/rules/policies.ts";
import { ClockRule } from "@bihuan/core/clock/rules/rule.ts";
import { Authority } from "@bihuan/core/clock/types.ts";
import { z } from "zod";
import { CalendarYearEntry, DateOverride, WorkInterval } from "./calendar.ts";
import { defineOperation } from "./operation.ts";
import { Bilingual, CivilDate, Instant, Whole, WholeText } from "./text.ts";

const CLOCK = "clock";

const packKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/);
const orderId = z.string().regex(/^\d{19}$/);

export const PackSummary = z.object({
  key: packKey,
  title: Bilingual,
  description: Bilingual.nullable(),
  /** Counts every saved text of this pack; each publication of a changed text adds one. */
  version: z.number().int(),
  /** `shipped`: as it came with the product; `edited`: changed by an administrator; `own`: the utility's own pack. */
  origin: z.enum(["shipped", "edited", "own"]),
  /** False for a pack that came with a newer product and was not taken up yet. */
  inForce: z.boolean(),
  /** A newer shipped text exists beside the one in force. */
  newerShippedVersion: z.number().int().nullable(),
  authorities: z.array(Authority),
  validFrom: CivilDate.nullable(),
  validTo: CivilDate.nullable(),
  ruleCount: z.number().int(),
  unverifiedCount: z.number().int(),
  /** Units where it is adopted; it reaches their subtrees. */
  adoptedAt: z.array(z.object({ unitId: z.number().int(), unitName: z.string() })),
  savedAt: Instant,
  /** Null where it came with the product. */
  savedBy: z.string().nullable(),
});
export type PackSummary = z.infer<typeof PackSummary>;

/**
 * One thing wrong with a pack's text. Line and column count from 1; `path` is such as `rules.3.amount`. A warning (a rule for a
 * step no flow has yet) does not keep the pack from being saved.
 */
export const PackProblem = z.object({
  severity: z.enum(["error", "warning"]),
  line: z.number().int(),
  column: z.number().int(),
  path: z.string(),
  message: Bilingual,
});
export type PackProblem = z.infer<typeof PackProblem>;

/** One change of the rulebook. Several may be shown and published together. */
export const RulebookChange = z.discriminatedUnion("kind", [
  /** Saves a pack's text: a new pack or a new version of one. `baseVersion` is the version it was edited from, null for a new pack. */
  z.object({ kind: z.literal("save-pack"), yaml: z.string().min(1).max(400_000), baseVersion: Whole.nullable() }),
  /** Takes up the newest shipped text of a pack in place of the one in force. */
  z.object({ kind: z.literal("take-shipped-pack"), key: packKey }),
  /** Lets a pack apply to a unit and everything below it. */
  z.object({ kind: z.literal("adopt-pack"), key: packKey, unitId: Whole }),
  z.object({ kind: z.literal("drop-pack"), key: packKey, unitId: Whole }),
  /** Sets the rules that are no deadlines: callback attempts, returns, urges, suspensions, repeats. */
  z.object({ kind: z.literal("policies"), policies: Policies }),
  /** Enters a newly announced year, or corrects one that was entered. */
  z.object({ kind: z.literal("calendar-year"), entry: CalendarYearEntry }),
  /** Sets single dates of a layer; `unitId` null: the national layer. */
  z.object({
    kind: z.literal("calendar-dates"),
    unitId: Whole.nullable(),
    set: z.array(DateOverride).max(400),
    clear: z.array(CivilDate).max(400),
  }),
  /** Sets a layer's ordinary hours and week; null gives them back to the layer above (the national layer cannot). */
  z.object({
    kind: z.literal("calendar-hours"),
    unitId: Whole.nullable(),
    hours: z.array(WorkInterval).min(1).max(6).nullable(),
    /** Which weekdays are worked, from Monday. */
    week: z.array(z.boolean()).length(7).nullable(),
  }),
]);
export type RulebookChange = z.infer<typeof RulebookChange>;

const Moves = z.object({
  /** Open orders of which at least one clock gets another due instant, appears, disappears or is judged otherwise. */
  moved: z.number().int(),
  /** Orders that are within all their maxima now and would be overdue. */
  becomeOverdue: z.number().int(),
  /** Orders that are overdue now and would not be. */
  noLongerOverdue: z.number().int(),
});

/** What publishing would do to the open orders. */
export const DryRunResult = Moves.extend({
  /** Overdue is judged at this instant. */
  asOf: Instant,
  ordersChecked: z.number().int(),
  clocksEarlier: z.number().int(),
  clocksLater: z.number().int(),
  clocksAdded: z.number().int(),
  clocksRemoved: z.number().int(),
  /** Clocks whose figure was provisional and becomes firm without moving. */
  clocksFirm: z.number().int(),
  byFlow: z.array(Moves.extend({ flow: z.string() })),
  /** By the unit responsible now; at most 200, most moved first. */
  byUnit: z.array(Moves.extend({ unitId: z.number().int(), unitName: z.string() })),
  /** Rules that limit the same orders with equal right, so that only dates or names choose between them: a line each. */
  ties: z.array(Bilingual).default([]),
  examples: z.array(
    z.object({
      orderId,
      flow: z.string(),
      unitId: z.number().int(),
      slot: z.string(),
      authority: Authority,
      /** JUDGED_OTHERWISE: the due instant stays, but a maximum became an average or the other way round. */
      effect: z.enum(["BECOMES_OVERDUE", "NO_LONGER_OVERDUE", "EARLIER", "LATER", "ADDED", "REMOVED", "JUDGED_OTHERWISE"]),
      /** Null: no such clock, or it is paused. */
      oldDueAt: Instant.nullable(),
      newDueAt: Instant.nullable(),
    }),
  ),
});
export type DryRunResult = z.infer<typeof DryRunResult>;

export const RulebookDraft = z.object({
  draftId: z.uuid(),
  /** The rulebook it was compared with. Publishing is refused once another has been published. */
  baseVersion: z.number().int(),
  state: z.enum(["RUNNING", "READY", "FAILED", "PUBLISHED", "DISCARDED", "OUTDATED"]),
  createdAt: Instant,
  createdBy: z.string(),
  /** What it changes, a line each. */
  changes: z.array(Bilingual),
  progress: z.object({ ordersChecked: z.number().int(), ordersTotal: z.number().int().nullable() }),
  result: DryRunResult.nullable(),
  /** Names exactly what was shown; publishing asks for it. Null until the dry run is ready. */
  token: z.string().nullable(),
  publishedVersion: z.number().int().nullable(),
});
export type RulebookDraft = z.infer<typeof RulebookDraft>;

export const RulebookSummary = z.object({
  version: z.number().int(),
  publishedAt: Instant,
  /** Null for the one that came with the product. */
  publishedBy: z.string().nullable(),
  note: z.string(),
  /** SHA-256 of the canonical snapshot. */
  hash: z.string(),
  changes: z.array(Bilingual),
  /** How far the open orders have been bound to it. */
  rebinding: z.object({ state: z.enum(["NONE", "RUNNING", "DONE"]), rebound: z.number().int() }),
});
export type RulebookSummary = z.infer<typeof RulebookSummary>;

/** One difference between two rulebooks. `what` names the thing: a rule `pack/rule`, a pack, a unit's adoption, a calendar date. */
export const RulebookDifference = z.object({
  area: z.enum(["PACK", "RULE", "ADOPTION", "POLICY", "CALENDAR_YEAR", "CALENDAR_DATE", "CALENDAR_HOURS"]),
  kind: z.enum(["ADDED", "REMOVED", "CHANGED"]),
  what: z.string(),
  title: Bilingual,
  /** Changed fields; for things added or removed the one side is null. */
  fields: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
});
export type RulebookDifference = z.infer<typeof RulebookDifference>;

const version = WholeText;

export const clockOperations = {
  listRulePacks: defineOperation({
    method: "GET",
    path: "/rule-packs",
    summary: { zh: "列出时限规则包", en: "List the rule packs" },
    tag: CLOCK,
    access: "rule.read",
    response: z.object({ rulebookVersion: z.number().int(), packs: z.array(PackSummary) }),
  }),
  getRulePack: defineOperation({
    method: "GET",
    path: "/rule-packs/:key",
    summary: { zh: "查看规则包", en: "Read a rule pack" },
    tag: CLOCK,
    access: "rule.read",
    params: z.object({ key: packKey }),
    query: z.object({ version: version.optional() }),
    response: PackSummary.extend({
      rules: z.array(ClockRule),
      yaml: z.string(),
      versions: z.array(
        z.object({ version: z.number().int(), savedAt: Instant, savedBy: z.string().nullable(), note: z.string().nullable() }),
      ),
    }),
    errors: ["request.not-found"],
  }),
  downloadRulePack: defineOperation({
    method: "GET",
    path: "/rule-packs/:key/yaml",
    summary: { zh: "下载规则包（YAML）", en: "Download a rule pack as YAML" },
    tag: CLOCK,
    access: "rule.read",
    params: z.object({ key: packKey }),
    query: z.object({ version: version.optional() }),
    produces: "application/yaml",
    errors: ["request.not-found"],
  }),
  checkRulePack: defineOperation({
    method: "POST",
    path: "/rule-packs/check",
    summary: { zh: "核对规则包文本", en: "Check a rule pack's text" },
    tag: CLOCK,
    access: "rule.read",
    body: z.object({ yaml: z.string().max(400_000) }),
    response: z.object({ problems: z.array(PackProblem), key: z.string().nullable(), rules: z.array(ClockRule) }),
  }),
  createRulebookDraft: defineOperation({
    method: "POST",
    path: "/rulebook-drafts",
    summary: { zh: "拟订规则变更并试算影响", en: "Draft changes of the rulebook and start their dry run" },
    tag: CLOCK,
    access: "rule.read",
    body: z.object({ baseVersion: Whole, changes: z.array(RulebookChange).min(1).max(50) }),
    response: RulebookDraft,
    errors: [
      "request.not-found",
      "permission.missing",
      "clock.rulebook-changed",
      "clock.pack-invalid",
      "clock.pack-changed",
      "clock.pack-adopted-already",
      "clock.pack-not-adopted",
      "clock.pack-not-shipped",
      "clock.nothing-changes",
      "clock.slot-without-limit",
      "clock.rulebook-invalid",
      "calendar.year-invalid",
      "calendar.date-invalid",
      "calendar.hours-invalid",
    ],
  }),
  getRulebookDraft: defineOperation({
    method: "GET",
    path: "/rulebook-drafts/:draftId",
    summary: { zh: "查看试算进度与结果", en: "Read a dry run's progress and result" },
    tag: CLOCK,
    access: "rule.read",
    params: z.object({ draftId: z.uuid() }),
    response: RulebookDraft,
    errors: ["request.not-found"],
  }),
  discardRulebookDraft: defineOperation({
    method: "DELETE",
    path: "/rulebook-drafts/:draftId",
    summary: { zh: "放弃拟订的变更", en: "Discard a draft" },
    tag: CLOCK,
    access: "rule.read",
    params: z.object({ draftId: z.uuid() }),
    errors: ["request.not-found", "clock.draft-not-open"],
  }),
  publishRulebookDraft: defineOperation({
    method: "POST",
    path: "/rulebook-drafts/:draftId/publish",
    summary: { zh: "发布规则变更", en: "Publish a draft" },
    tag: CLOCK,
    access: "rule.read",
    params: z.object({ draftId: z.uuid() }),
    body: z.object({ token: z.string().min(1).max(200), note: z.string().trim().min(1).max(500) }),
    response: RulebookSummary,
    errors: [
      "request.not-found",
      "permission.missing",
      "clock.rulebook-changed",
      "clock.draft-not-ready",
      "clock.draft-not-open",
      "clock.draft-token-wrong",
    ],
  }),
  getRulebook: defineOperation({
    method: "GET",
    path: "/rulebooks/:version",
    summary: { zh: "查看一个规则版本的组成", en: "Read what a version of the rulebook is made of" },
    tag: CLOCK,
    access: "rule.read",
    params: z.object({ version: z.union([z.literal("current"), version]) }),
    response: RulebookSummary.extend({
      packs: z.array(z.object({ key: z.string(), version: z.number().int() })),
      adoptions: z.array(z.object({ key: z.string(), unitId: z.number().int(), unitName: z.string() })),
      policies: Policies,
    }),
    errors: ["request.not-found"],
  }),
  listRulebooks: defineOperation({
    method: "GET",
    path: "/rulebooks",
    summary: { zh: "列出规则版本", en: "List the versions of the rulebook" },
    tag: CLOCK,
    access: "rule.read",
    query: z.object({ before: version.optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
    response: z.object({ rulebooks: z.array(RulebookSummary), next: z.number().int().nullable() }),
  }),
  compareRulebooks: defineOperation({
    method: "GET",
    path: "/rulebooks/:version/differences",
    summary: { zh: "比较两个规则版本", en: "Compare two versions of the rulebook" },
    tag: CLOCK,
    access: "rule.read",
    params: z.object({ version }),
    query: z.object({ against: version.optional().describe("The version before where absent") }),
    response: z.object({ version: z.number().int(), against: z.number().int(), differences: z.array(RulebookDifference) }),
    errors: ["request.not-found"],
  }),
};

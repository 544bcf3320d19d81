// A rulebook: everything the clocks of an order depend on, as one numbered snapshot. Compiled once, then only read.
import { z } from "zod";
import { type Calendar, compileCalendar } from "../../calendar/calendar.ts";
import { CalendarLayer } from "../../calendar/definition.ts";
import { DAY_MS, parseCivilDate } from "../../calendar/civil-date.ts";
import { compileZone, toInstantMs, type Zone } from "../../calendar/zone.ts";
import { Policies } from "./policies.ts";
import { type ClockRule, conditionCount, meetsConditions, RulePack } from "./rule.ts";
import { Authority, type OrderFacts } from "../types.ts";

/** A pack reaches the unit that adopts it and everything below. */
export const Adoption = z.strictObject({ unitId: z.int().positive(), packKey: z.string() });
export type Adoption = z.infer<typeof Adoption>;

/**
 * A calendar by key, with its layers national first. Several may bear one key: `unitId` null is everybody's, another one holds
 * for that unit and everything below it, in place of those above.
 */
export const RulebookCalendar = z.strictObject({
  key: z.string().min(1),
  unitId: z.int().positive().nullable().default(null),
  layers: z.array(CalendarLayer).min(1),
});
export type RulebookCalendar = z.infer<typeof RulebookCalendar>;

/** The snapshot as it is stored. `zone` decides when the days of rules' validity begin. */
export const RulebookDefinition = z.strictObject({
  version: z.int().positive(),
  zone: z.string(),
  packs: z.array(RulePack),
  adoptions: z.array(Adoption),
  calendars: z.array(RulebookCalendar),
  policies: Policies.prefault({}),
});
export type RulebookDefinition = z.infer<typeof RulebookDefinition>;

export type CompiledRule = {
  readonly rule: ClockRule;
  readonly pack: string;
  /** That of its pack. */
  readonly priority: number;
  /** How many facts it asks about. */
  readonly conditions: number;
  readonly adoptedBy: readonly number[];
  readonly validFromMs: number;
  readonly validToMs: number;
};

export type Rulebook = {
  readonly version: number;
  readonly zone: Zone;
  readonly packs: ReadonlyMap<string, RulePack>;
  readonly adoptions: readonly Adoption[];
  /** By calendar id: `key`, or `key@unitId` for a unit's own. */
  readonly calendars: ReadonlyMap<string, Calendar>;
  /** Units that have a calendar of their own, by its key. */
  readonly calendarUnits: ReadonlyMap<string, ReadonlySet<number>>;
  readonly policies: Policies;
  /** Adopted rules by slot. */
  readonly rulesBySlot: ReadonlyMap<string, readonly CompiledRule[]>;
  /** Those of them that name events of their own. */
  readonly ownEventRules: ReadonlyMap<string, readonly CompiledRule[]>;
  /** Every adopted rule by `pack/key`. */
  readonly rules: ReadonlyMap<string, CompiledRule>;
};

export const calendarId = (key: string, unitId: number | null): string => (unitId === null ? key : `${key}@${unitId}`);

/** Compiles a snapshot that `checkRulebook` finds sound. Errors: throws where a calendar is not. */
export function compileRulebook(definition: RulebookDefinition): Rulebook {
  const zone = compileZone(definition.zone);
  const dayStart = (date: string, plus: number): number => toInstantMs(zone, ((parseCivilDate(date) as number) + plus) * DAY_MS);
  const rules = new Map<string, CompiledRule>();
  const rulesBySlot = new Map<string, CompiledRule[]>();
  for (const pack of definition.packs) {
    const adoptedBy = definition.adoptions.filter((adoption) => adoption.packKey === pack.key).map((adoption) => adoption.unitId);
    if (adoptedBy.length === 0) continue;
    for (const rule of pack.rules) {
      const compiled: CompiledRule = {
        rule,
        pack: pack.key,
        priority: pack.priority ?? 0,
        conditions: conditionCount(rule),
        adoptedBy,
        validFromMs: rule.validFrom === null ? Number.NEGATIVE_INFINITY : dayStart(rule.validFrom, 0),
        validToMs: rule.validTo === null ? Number.POSITIVE_INFINITY : dayStart(rule.validTo, 1),
      };
      rules.set(`${pack.key}/${rule.key}`, compiled);
      const ofSlot = rulesBySlot.get(rule.slot);
      if (ofSlot) ofSlot.push(compiled);
      else rulesBySlot.set(rule.slot, [compiled]);
    }
  }
  return {
    version: definition.version,
    zone,
    packs: new Map(definition.packs.map((pack) => [pack.key, pack])),
    adoptions: definition.adoptions,
    calendars: new Map(definition.calendars.map(({ key, unitId, layers }) => [calendarId(key, unitId), compileCalendar(layers)])),
    calendarUnits: unitsByCalendar(definition.calendars),
    // One that was published before a policy was known keeps its hash; what it does not say is the default.
    policies: Policies.parse(definition.policies),
    rules,
    rulesBySlot,
    ownEventRules: new Map(
      [...rulesBySlot]
        .map(([slot, ofSlot]) => [slot, ofSlot.filter(({ rule }) => rule.from !== null || rule.until !== null)] as const)
        .filter(([, ofSlot]) => ofSlot.length > 0),
    ),
  };
}

const authorities = Authority.options;

/** How near the adopting unit stands: 0 is the order's own unit; the path's length where none adopts it. The nearest wins. */
export function distanceTo(rule: CompiledRule, path: readonly number[]): number {
  let nearest = path.length;
  for (const unitId of rule.adoptedBy) {
    const index = path.indexOf(unitId);
    if (index >= 0 && index < nearest) nearest = index;
  }
  return nearest;
}

/**
 * The rules that limit a slot of an order: at most one of each authority, law first. Of the rules whose pack is adopted by a
 * unit on the order's path, which are valid at the instant the slot starts and whose conditions are met, the one adopted
 * deepest wins; then that of the pack with the highest priority; then the one with the most conditions; then the one that came
 * into force last. What is equal even then is a tie (ties.ts): the first by pack and key counts, so that it is always the same.
 */
export function selectRules(rulebook: Rulebook, facts: OrderFacts, slot: string, startedAtMs: number): readonly CompiledRule[] {
  const candidates = rulebook.rulesBySlot.get(slot);
  if (candidates === undefined) return [];
  const path = facts.organisationPath;
  const best: (CompiledRule | undefined)[] = [undefined, undefined, undefined];
  const bestDistance = [0, 0, 0];
  for (const candidate of candidates) {
    if (startedAtMs < candidate.validFromMs || startedAtMs >= candidate.validToMs) continue;
    const away = distanceTo(candidate, path);
    if (away === path.length || !meetsConditions(candidate.rule, facts)) continue;
    const index = authorities.indexOf(candidate.rule.authority);
    const known = best[index];
    if (known !== undefined && (away - (bestDistance[index] as number) || byRank(candidate, known)) > 0) continue;
    best[index] = candidate;
    bestDistance[index] = away;
  }
  return best.filter((rule) => rule !== undefined);
}

const compare = <T>(a: T, b: T): number => (a === b ? 0 : a < b ? -1 : 1);

/** Orders rules adopted equally deep, the one that counts first. Never 0 for two rules of a rulebook. */
export const byRank = (a: CompiledRule, b: CompiledRule): number =>
  compare(b.priority, a.priority) ||
  compare(b.conditions, a.conditions) ||
  compare(b.validFromMs, a.validFromMs) ||
  compare(a.pack, b.pack) ||
  compare(a.rule.key, b.rule.key);

function unitsByCalendar(calendars: readonly RulebookCalendar[]): ReadonlyMap<string, ReadonlySet<number>> {
  const units = new Map<string, Set<number>>();
  for (const { key, unitId } of calendars) {
    if (unitId === null) continue;
    const known = units.get(key);
    if (known === undefined) units.set(key, new Set([unitId]));
    else known.add(unitId);
  }
  return units;
}

/** Id of the calendar a rule's key means for an order: that of the deepest unit on its path which has one of its own. Null where there is none. */
export function calendarIdFor(rulebook: Rulebook, key: string, organisationPath: readonly number[]): string | null {
  const units = rulebook.calendarUnits.get(key);
  const unitId = units === undefined ? undefined : organisationPath.find((one) => units.has(one));
  if (unitId !== undefined) return calendarId(key, unitId);
  return rulebook.calendars.has(key) ? key : null;
}

// Checks a rulebook before it is published: every problem, each with its place, none thrown.
import { parseCivilDate } from "../../calendar/civil-date.ts";
import { checkCalendar, type Problem } from "../../calendar/definition.ts";
import { isZone } from "../../calendar/zone.ts";
import type { ClockRule, RulePack } from "./rule.ts";
import { calendarId, type RulebookDefinition } from "./rulebook.ts";
import type { LimitUnit } from "../types.ts";
import type { Bilingual } from "../../text.ts";

/** What a limit may be at most in each unit: longer ones would leave the calendar, and are mistakes. */
const largest: Readonly<Record<LimitUnit, number>> = {
  minute: 1_000_000,
  hour: 20_000,
  calendarDay: 3660,
  workingMinute: 500_000,
  workingDay: 2500,
};

/** Checks what the form of a pack cannot say: keys given twice, units without a calendar, dates the wrong way round. Places are within the pack. */
export function checkPack(pack: RulePack): readonly Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [index, rule] of pack.rules.entries()) {
    const report = (field: string, message: Bilingual) => problems.push({ place: `rules.${index}.${field}`, message });
    if (seen.has(rule.key)) report("key", { zh: `规则 ${rule.key} 重复`, en: `rule ${rule.key} occurs twice` });
    seen.add(rule.key);
    checkRule(rule, report);
  }
  return problems;
}

type Report = (field: string, message: Bilingual) => void;

function checkRule(rule: ClockRule, report: Report): void {
  const isWallClock = rule.unit === "minute" || rule.unit === "hour";
  if (!isWallClock && rule.calendar === null) report("calendar", { zh: "该单位须指明日历", en: "this unit needs a calendar" });
  if (rule.amount > largest[rule.unit])
    report("amount", { zh: `不得超过 ${largest[rule.unit]}`, en: `must not exceed ${largest[rule.unit]}` });
  if (isWallClock || rule.unit === "workingMinute") {
    if (rule.dayEnd !== "24:00") report("dayEnd", { zh: "只用于以日计的时限", en: "is for limits in days only" });
    if (rule.afterHours !== "same-day") report("afterHours", { zh: "只用于以日计的时限", en: "is for limits in days only" });
  }
  const { validFrom, validTo } = rule;
  if (validFrom !== null && validTo !== null && (parseCivilDate(validFrom) as number) > (parseCivilDate(validTo) as number))
    report("validTo", { zh: "失效日期早于生效日期", en: "the last day is before the first" });
  if (rule.pausedBy.includes("*") && rule.pausedBy.length > 1)
    report("pausedBy", { zh: "“*” 已包括一切原因", en: "“*” means every reason already" });
  for (const [index, step] of rule.escalation.entries())
    if (rule.warnings.length > 0 && !rule.warnings.some((warning) => warning.level === step.level))
      report(`escalation.${index}.level`, { zh: `没有 ${step.level} 级预警`, en: `there is no warning of level ${step.level}` });
}

/**
 * Checks a whole rulebook. In: the definition as parsed. Out: every problem, places
 * such as `packs.state-grid-2022.rules.3.calendar`.
 */
export function checkRulebook(definition: RulebookDefinition): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (place: string, zh: string, en: string) => problems.push({ place, message: { zh, en } });
  if (!isZone(definition.zone)) report("zone", `没有时区 ${definition.zone}`, `there is no zone ${definition.zone}`);
  const calendars = new Set<string>();
  for (const [index, { key, unitId, layers }] of definition.calendars.entries()) {
    const id = calendarId(key, unitId);
    if (calendars.has(id)) report(`calendars.${index}.key`, `日历 ${id} 重复`, `calendar ${id} occurs twice`);
    calendars.add(id);
    problems.push(...checkCalendar(layers).map(({ place, message }) => ({ place: `calendars.${id}.${place}`, message })));
  }
  const packs = new Set<string>();
  for (const [index, pack] of definition.packs.entries()) {
    if (packs.has(pack.key)) report(`packs.${index}.key`, `规则包 ${pack.key} 重复`, `pack ${pack.key} occurs twice`);
    packs.add(pack.key);
    problems.push(...checkPack(pack).map(({ place, message }) => ({ place: `packs.${pack.key}.${place}`, message })));
    for (const [rule, { calendar }] of pack.rules.entries())
      if (calendar !== null && !calendars.has(calendar))
        report(`packs.${pack.key}.rules.${rule}.calendar`, `没有日历 ${calendar}`, `there is no calendar ${calendar}`);
  }
  const adopted = new Set<string>();
  for (const [index, { unitId, packKey }] of definition.adoptions.entries()) {
    if (!packs.has(packKey)) report(`adoptions.${index}.packKey`, `没有规则包 ${packKey}`, `there is no pack ${packKey}`);
    const pair = `${unitId} ${packKey}`;
    if (adopted.has(pair))
      report(`adoptions.${index}`, `单位 ${unitId} 已采用 ${packKey}`, `unit ${unitId} adopts ${packKey} twice`);
    adopted.add(pair);
  }
  return problems;
}

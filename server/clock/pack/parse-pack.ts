// A pack's text becomes rules, or a list of everything wrong with it, each with its place in the text.
import type { PackProblem } from "@bihuan/contract/clock.ts";
import { checkPack } from "@bihuan/core/clock/rules/check-rulebook.ts";
import { codedFacts, type ClockRule, RulePack } from "@bihuan/core/clock/rules/rule.ts";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { parsePart } from "../../platform/http/validation.ts";
import type { Business, FlowOutline } from "../world.ts";

/** Key of the working-day calendar, the one every rulebook has. */
export const WORK_CALENDAR = "work";

export type ParsedPack = { readonly pack: RulePack | null; readonly problems: readonly PackProblem[] };

// A pack repeats its sources often; still, a few lines must not unfold into gigabytes.
const MOST_ALIASES = 5000;

type Path = readonly (string | number)[];
type Report = (path: Path, zh: string, en: string, severity?: PackProblem["severity"]) => void;

/**
 * Reads a pack. In: YAML, with anchors under the top-level key `shared` (which is not part of the pack), the flows its rules may
 * speak of, and whether a unit exists. Out: the pack where nothing but warnings was found, and every problem.
 */
export function parsePack(text: string, business: Business, unitExists: (unitId: number) => boolean): ParsedPack {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const problems: PackProblem[] = [];
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  for (const error of [...document.errors, ...document.warnings])
    problems.push({
      severity: "error",
      ...at(error.pos[0]),
      path: "",
      message: { zh: `YAML 格式错误：${error.message}`, en: `not valid YAML: ${error.message}` },
    });
  if (problems.length > 0) return { pack: null, problems };

  const report: Report = (path, zh, en, severity = "error") =>
    problems.push({ severity, ...at(offsetOf(document, path)), path: path.join("."), message: { zh, en } });
  const value = unfold(document);
  if (value === null) {
    report([], "内容不是规则包，或别名过多", "this is no rule pack, or it has too many aliases");
    return { pack: null, problems };
  }
  const parsed = parsePart(RulePack, value, "body");
  if ("errors" in parsed) {
    for (const { path, messages } of parsed.errors) report(segments(path), messages.zh, messages.en);
    return { pack: null, problems };
  }
  for (const { place, message } of checkPack(parsed.value)) report(segments(place), message.zh, message.en);
  for (const [index, rule] of parsed.value.rules.entries()) {
    const ofRule: Report = (path, zh, en, severity) => report(["rules", index, ...path], zh, en, severity);
    if (rule.calendar !== null && rule.calendar !== WORK_CALENDAR)
      ofRule(
        ["calendar"],
        `没有日历 ${rule.calendar}，应为 ${WORK_CALENDAR}`,
        `there is no calendar ${rule.calendar}; the one there is is ${WORK_CALENDAR}`,
      );
    checkReach(rule, business, unitExists, ofRule);
  }
  return { pack: problems.some(({ severity }) => severity === "error") ? null : parsed.value, problems };
}

const segments = (path: string): Path =>
  path === "" ? [] : path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));

function unfold(document: Document): Record<string, unknown> | null {
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    const { shared: _, ...pack } = value as Record<string, unknown>;
    return pack;
  } catch {
    return null; // too many aliases: the library's only way to say so is to throw
  }
}

// The nearest node above a place that stands in the text: what a merge brings in has no place of its own.
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function checkReach(
  rule: ClockRule,
  { flows, factValues }: Business,
  unitExists: (unitId: number) => boolean,
  report: Report,
): void {
  const warn = (path: Path, zh: string, en: string) => report(path, zh, en, "warning");
  const known = flows.filter((flow) => !flow.closedElsewhere);
  const named = rule.flows.length === 0 ? known : known.filter((flow) => rule.flows.includes(flow.id));
  for (const [index, id] of rule.flows.entries())
    if (!known.some((flow) => flow.id === id))
      warn(["flows", index], `目前没有业务流程 ${id}，规则待其建立后生效`, `there is no flow ${id} yet; the rule waits for it`);
  const limited = named.filter((flow) => slotOf(flow, rule.slot) !== undefined);
  if (named.length > 0 && limited.length === 0)
    warn(
      ["slot"],
      `所列流程没有环节 ${rule.slot}，规则不会生效`,
      `none of the flows has a step ${rule.slot}; the rule does not apply yet`,
    );
  if (limited.some((flow) => slotOf(flow, rule.slot)?.limit === "given"))
    warn(
      ["slot"],
      `环节 ${rule.slot} 的时限随工单给定，规则不会生效`,
      `the limit of ${rule.slot} is given with the order; the rule never applies`,
    );
  for (const fact of codedFacts) {
    const values = fact === "subtype" ? limited.flatMap((flow) => Object.keys(flow.subtypes)) : factValues[fact];
    if (values === undefined || (fact === "subtype" && limited.length === 0)) continue;
    for (const [index, code] of (rule.when[fact] ?? []).entries())
      if (!values.includes(code)) report(["when", fact, index], `没有取值 ${code}`, `${fact} has no value ${code}`);
  }
  for (const [index, unitId] of (rule.when.unit ?? []).entries())
    if (!unitExists(unitId)) report(["when", "unit", index], `没有单位 ${unitId}`, `there is no unit ${unitId}`);
}

const slotOf = (flow: FlowOutline, key: string) => flow.slots.find((slot) => slot.key === key);

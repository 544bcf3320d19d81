// A small rulebook and a way to write histories, for tests and benchmarks. Times are written as they stand on a clock in Shanghai.
import { chinaLayer } from "../../calendar/china.ts";
import { parseHours } from "../../calendar/definition.ts";
import type { FoldContext } from "../folding/fold.ts";
import { ClockRule } from "../rules/rule.ts";
import { compileRulebook, type Rulebook, RulebookDefinition } from "../rules/rulebook.ts";
import type { Clock, ClockSignal, ClockSlot, OrderFacts } from "../types.ts";

/** Epoch milliseconds of `YYYY-MM-DD HH:MM` in Shanghai; `24:00` is the start of the next day. */
export function shanghai(text: string): number {
  const [date = "", time = "00:00"] = text.split(" ");
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return Date.parse(`${date}T00:00:00+08:00`) + (hours * 60 + minutes) * 60_000;
}

/** The instant as `MM-DD HH:MM`, midnight as 24:00 of the day before where it is an end. */
export function shown(atMs: number | null): string | null {
  if (atMs === null) return null;
  const text = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(5, 16).replace("T", " ");
  return (atMs + 8 * 3_600_000) % 86_400_000 === 0 ? `${text(atMs - 60_000).slice(0, 5)} 24:00` : text(atMs);
}

const title = { zh: "测试", en: "Test" };

/** A rule with what matters in a test, and plain values for the rest. */
export const ruleOf = (rule: Partial<ClockRule> & Pick<ClockRule, "key" | "slot" | "amount" | "unit">): ClockRule =>
  ClockRule.parse({
    title,
    authority: "promise",
    calendar: rule.unit === "minute" || rule.unit === "hour" ? null : "office",
    source: { document: { zh: "测试文件", en: "Test document" }, verified: true },
    ...rule,
  });

/** A rulebook in which unit 1 (the root) adopts one pack with the rules given. */
export function rulebookOf(rules: readonly ClockRule[], more: Partial<RulebookDefinition> = {}): Rulebook {
  return compileRulebook(
    RulebookDefinition.parse({
      version: 1,
      zone: "Asia/Shanghai",
      packs: [{ key: "base", title, rules }],
      adoptions: [{ unitId: 1, packKey: "base" }],
      calendars: [{ key: "office", layers: [chinaLayer(parseHours("08:30-12:00,14:00-17:30") ?? [])] }],
      ...more,
    }),
  );
}

const slot = (key: string, from: string, until: string, more: Partial<ClockSlot> = {}): ClockSlot => ({
  key,
  title,
  from: from.split(" "),
  until: until.split(" "),
  limit: "rule",
  ...more,
});

const slotsWith = (...own: readonly ClockSlot[]): readonly ClockSlot[] => [
  slot("dispatch", "open return", "dispatch"),
  ...own,
  slot("processing", "open", "reply"),
  slot("callback", "reply", "callback"),
  slot("consultation", "consult", "answer-consultation", { perSubject: true }),
  slot("approval", "request", "decide", { unpausable: true }),
  slot("suspension", "suspend", "resume", { limit: "given", unpausable: true }),
];
const repairSlots = slotsWith(
  slot("arrival", "open", "arrive", { lapsesOn: { reply: { zh: "未到现场即回单", en: "replied without going there" } } }),
  slot("restoration", "arrive", "restore"),
);
const complaintSlots = slotsWith(slot("contact", "open", "contact"));

/** Slots of two flows: `repair` and `complaint`. */
export const slotsOf = (flow: string): readonly ClockSlot[] => (flow === "repair" ? repairSlots : complaintSlots);

export const facts: OrderFacts = { flow: "repair", areaClass: "URBAN", organisationPath: [9, 4, 1] };

/** A step of a history: type, time, and what else the signal carries. */
export type Step = readonly [type: string, at: string, more?: Partial<ClockSignal>];

/** A history that begins with the intake of an order. */
export const history = (...steps: readonly Step[]): readonly ClockSignal[] =>
  steps.map(([type, at, more], index) => ({
    seq: index + 1,
    atMs: shanghai(at),
    type,
    ...(index === 0 ? { opensEpisode: true, facts, rulebookVersion: 1 } : {}),
    ...(type === "archive" ? { closesEpisode: true } : {}),
    ...more,
  }));

export const suspend = (reason: string, until?: string): Partial<ClockSignal> => ({
  pause: until === undefined ? { reason } : { reason, untilMs: shanghai(until) },
  ...(until === undefined ? {} : { dueAtMs: shanghai(until) }),
});
export const resume: Partial<ClockSignal> = { resume: true };

export const contextOf = (...rulebooks: readonly Rulebook[]): FoldContext => ({
  slotsOf,
  rulebookOf: (version) => rulebooks[version - 1] as Rulebook,
});

/** A clock in a line: `slot.authority#round status due`, with the subject where there is one. */
export const line = (clock: Clock): string =>
  `${clock.slot}${clock.subject === null ? "" : `(${clock.subject})`}.${clock.authority}#${clock.round} ${clock.status} ${shown(clock.dueAtMs) ?? "-"}`;

// A small utility for tests of flows: a city centre with two counties' worth of units, staff of each role, and a rulebook that limits everything.
import { foldClocks } from "../../clock/folding/fold.ts";
import { defaultPolicies, type Policies } from "../../clock/rules/policies.ts";
import { compileRulebook, type Rulebook } from "../../clock/rules/rulebook.ts";
import { ClockRule } from "../../clock/rules/rule.ts";
import type { Clock } from "../../clock/types.ts";
import { flows } from "../../flows.ts";
import type { Role } from "../../identity/roles.ts";
import { isRefusal } from "../../refusal.ts";
import type { ActionContext } from "../definition.ts";
import { decide } from "../engine.ts";
import type { Actor, NewEvent, OrderEvent } from "../event.ts";
import { openOrder } from "../intake.ts";
import { signalsOf } from "../signals.ts";
import { foldOrder, type OrderState } from "../state.ts";

// province 1 → city 2 → centre 3, station 4, station 5; crew 6 below 4.
const parents: Readonly<Record<number, number | null>> = { 1: null, 2: 1, 3: 2, 4: 2, 5: 2, 6: 4 };
export const units = { province: 1, city: 2, centre: 3, station: 4, otherStation: 5, crew: 6 } as const;

const pathOf = (unitId: number): number[] => {
  const path: number[] = [];
  for (let at: number | null = unitId; at !== null; at = parents[at] ?? null) path.push(at);
  return path;
};

export type Person = {
  readonly id: number;
  /** A member of staff where absent. */
  readonly kind?: "api-key";
  readonly home: number;
  readonly roles: Readonly<Partial<Record<Role, number>>>;
};
/** One person of each kind: the role and the unit it is held at. */
export const people = {
  agent: { id: 11, home: 3, roles: { AGENT: 2 } },
  dispatcher: { id: 12, home: 3, roles: { DISPATCHER: 2 } },
  handler: { id: 13, home: 4, roles: { HANDLER: 4 } },
  otherHandler: { id: 14, home: 5, roles: { HANDLER: 5 } },
  reviewer: { id: 15, home: 3, roles: { REVIEWER: 2 } },
  verifier: { id: 16, home: 3, roles: { VERIFIER: 2 } },
  manager: { id: 17, home: 2, roles: { MANAGER: 1 } },
  allRounder: { id: 18, home: 4, roles: { HANDLER: 2, VERIFIER: 2, REVIEWER: 2, AGENT: 2, MANAGER: 2 } },
} as const satisfies Readonly<Record<string, Person>>;

/** A system that may do what a crew and what a callback centre may, by a key that has the number of the handler. */
export const integration: Person = {
  id: 13,
  kind: "api-key",
  home: 3,
  roles: { HANDLER: 2, VERIFIER: 2, REVIEWER: 2, MANAGER: 2 },
};

export const actorOf = (person: Person): Actor => ({ kind: person.kind ?? "staff", id: person.id });

const slots = [
  ...new Map(
    flows.all.flatMap((flow) => flow.slots.filter((slot) => slot.limit === "rule").map((slot) => [slot.key, slot])),
  ).values(),
];

/** A rulebook in which every slot has a limit in hours, and handling one in working days. */
export const rulebook: Rulebook = compileRulebook({
  version: 1,
  zone: "Asia/Shanghai",
  packs: [
    {
      key: "test",
      title: { zh: "测试", en: "Test" },
      description: null,
      rules: slots.map((slot) =>
        ClockRule.parse({
          key: slot.key,
          title: slot.title,
          authority: "internal",
          slot: slot.key,
          ...(slot.key === "handling" ? { amount: 4, unit: "workingDay", calendar: "business" } : { amount: 24, unit: "hour" }),
          pausedBy: ["CUSTOMER_WORKS"],
          extendable: true,
          source: { document: { zh: "测试", en: "test" }, verified: true },
        }),
      ),
    },
  ],
  adoptions: [{ unitId: 1, packKey: "test" }],
  calendars: [
    {
      key: "business",
      unitId: null,
      layers: [
        {
          key: "weekdays",
          title: { zh: "平日", en: "Weekdays" },
          zone: "Asia/Shanghai",
          hours: [{ from: "09:00", to: "17:00" }],
          week: [true, true, true, true, true, false, false],
          dates: [],
          announcedFrom: 2000,
          announcedThrough: 2100,
        },
      ],
    },
  ],
  policies: defaultPolicies,
});

export const clocksOf = (events: readonly OrderEvent[]): readonly Clock[] =>
  foldClocks({ slotsOf: (flow) => flows.get(flow).slots, rulebookOf: () => rulebook }, signalsOf(events));

export const SELF = "1012026032000000001";

/** The world at an instant, seen by a person. */
export function contextFor(
  person: Person,
  nowMs: number,
  related: ReadonlyMap<string, OrderState> = new Map(),
  policies: Policies = rulebook.policies,
): ActionContext {
  return {
    self: SELF,
    nowMs,
    actor: actorOf(person),
    actingUnitId: person.home,
    rolesOver: (unitId) =>
      new Set(
        (Object.entries(person.roles) as [Role, number][])
          .filter(([, node]) => pathOf(unitId).includes(node))
          .map(([role]) => role),
      ),
    organisation: {
      isActive: (unitId) => unitId in parents,
      parentOf: (unitId) => parents[unitId] ?? null,
      pathOf,
      regionOf: (unitId) => (unitId === units.province ? 100 : 101),
      kindOf: () => "STATION",
    },
    flows,
    related: (orderId) => related.get(orderId) ?? null,
    policies,
    minuteOfDay: (atMs) => Math.floor(((atMs + 8 * 3_600_000) % 86_400_000) / 60_000),
  };
}

export const intakeForm = {
  origin: "HOTLINE_95598",
  areaClass: "URBAN",
  title: "停电",
  contactName: "王小明",
  contactPhone: "13800138000",
  targetUnitId: 4,
};

/** An order under test: its history, and what people do to it. */
export type Play = {
  readonly events: readonly OrderEvent[];
  readonly state: OrderState;
  readonly clocks: readonly Clock[];
  /** Acts; a refusal throws, naming its code. */
  act(person: Person, action: string, form?: unknown, atMs?: number): Play;
  /** Acts and expects a refusal. Out: its code. */
  refused(person: Person, action: string, form?: unknown, atMs?: number): string;
  /** The same order, where these others can be seen. */
  seeing(related: Readonly<Record<string, OrderState>>): Play;
  /** The same order, where these policies hold in place of the usual ones. */
  under(policies: { readonly [K in keyof Policies]?: Partial<Policies[K]> }): Play;
};

const MINUTE = 60_000;

function play(
  events: readonly OrderEvent[],
  related: ReadonlyMap<string, OrderState> = new Map(),
  policies: Policies = rulebook.policies,
): Play {
  const state = foldOrder(events);
  const last = events.at(-1) as OrderEvent;
  const next = (atMs?: number) => atMs ?? last.atMs + MINUTE;
  return {
    events,
    state,
    get clocks() {
      return clocksOf(events);
    },
    act(person, action, form, atMs) {
      const decided = decide(flows.get(state.flow), state, action, form, contextFor(person, next(atMs), related, policies));
      if (isRefusal(decided)) throw new Error(`${action} refused: ${decided.refused}`);
      return play([...events, ...number(decided, last.seq, next(atMs), person)], related, policies);
    },
    refused(person, action, form, atMs) {
      const decided = decide(flows.get(state.flow), state, action, form, contextFor(person, next(atMs), related, policies));
      if (!isRefusal(decided)) throw new Error(`${action} was expected to be refused`);
      return decided.refused;
    },
    seeing: (others) => play(events, new Map(Object.entries(others)), policies),
    under: (others) =>
      play(
        events,
        related,
        Object.fromEntries(
          Object.entries(policies).map(([name, policy]) => [name, { ...policy, ...others[name as keyof Policies] }]),
        ) as Policies,
      ),
  };
}

/** Numbers events as the server would. */
export const number = (events: readonly NewEvent[], after: number, atMs: number, person: Person): OrderEvent[] =>
  events.map((event, index) => ({
    ...event,
    seq: after + 1 + index,
    atMs,
    actor: actorOf(person),
    actingUnitId: person.home,
  }));

/** Takes in an order. In: flow, subtype, changes to the common form, when. */
export function takeIn(
  flow: string,
  { subtype = null as string | null, form = {}, details = {}, at = "2026-03-20T02:00:00Z" } = {},
): Play {
  const nowMs = Date.parse(at);
  const opened = openOrder(
    flows.get(flow),
    { subtype, form: { ...intakeForm, ...form }, details },
    { ...contextFor(people.agent, nowMs), deskUnitId: units.centre, rulebookVersion: 1 },
  );
  if (isRefusal(opened)) throw new Error(`intake refused: ${opened.refused}`);
  return play(number([opened.event], 0, nowMs, people.agent));
}

// Who calls, when, and about what: demands as they come in over a day, with storms and with people who call again.
import { busyness } from "./hours.ts";
import { type County, deskOf, type Employee, handlingUnitOf } from "../county/county.ts";
import type { Customer, TransformerArea } from "../county/customers.ts";
import { mobile, personName } from "../county/names.ts";
import { CENTRE } from "../county/organisation.ts";
import { VISITORS_CREW } from "../county/staff.ts";
import { stations } from "../county/stations.ts";
import { descriptionOf, type Matter, titleOf } from "../matters/matter.ts";
import { drawMatter, stormMatters } from "../matters/matters.ts";
import { type Random, randomOf } from "../random.ts";
import { iso } from "./plan.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A call: when, under which name its chance runs, and the transformer area of the storm it belongs to. */
export type Call = { readonly atMs: number; readonly key: string; readonly storm: TransformerArea | null };

/** A demand as the agent types it. */
export type Demand = {
  readonly customer: Customer;
  readonly matter: Matter;
  readonly agent: Employee;
  /** Code of the desk. */
  readonly desk: string;
  readonly intake: {
    readonly flow: string;
    readonly subtype: string | null;
    readonly deskUnitId: number;
    readonly form: Readonly<Record<string, unknown>>;
    readonly details: Readonly<Record<string, unknown>>;
  };
};

/** A storm over one transformer area (one of many households where none is given): how its calls come in. */
export function stormCalls(
  county: County,
  name: string,
  fromMs: number,
  { speed = 1, over }: { readonly speed?: number; readonly over?: TransformerArea | undefined } = {},
): Call[] {
  const random = randomOf(county.seed, "storm", name);
  const storm = over ?? random.pick(county.customers.areas.filter(({ count }) => count > 20));
  const many = 6 + random.below(20);
  return Array.from({ length: many }, (_, index) => ({
    atMs: Math.round(fromMs + (random.next() ** 2 * 50 * 60_000) / speed),
    key: `storm-${name}-${index}`,
    storm,
  })).sort((a, b) => a.atMs - b.atMs);
}

/** How long until the next call. In: calls a day, the instant, and chance. Out: milliseconds. */
export const untilNextCall = (perDay: number, atMs: number, zone: string, random: Random): number =>
  (-Math.log(1 - random.next()) * DAY_MS) / (perDay * Math.max(0.2, busyness(atMs, zone)));

const DAYS_BETWEEN_STORMS = 6;
// The last storm of the past breaks over the visitor's crew half an hour before the present begins.
const EVE = "eve";
const EVE_MS = 30 * 60_000;
/** Whether a call is of the storm whose orders are left to whoever looks on. */
export const isOnTheEve = ({ key }: Call): boolean => key.startsWith(`storm-${EVE}`);

/** The calls of a stretch of time, earliest first. */
export function callsBetween(county: County, fromMs: number, toMs: number, perDay: number): Call[] {
  const calls: Call[] = [];
  const random = randomOf(county.seed, "calls");
  for (let atMs = fromMs, n = 0; ; n++) {
    atMs += untilNextCall(perDay, atMs, county.zone, random);
    if (atMs >= toMs) break;
    calls.push({ atMs: Math.round(atMs), key: `call-${n}`, storm: null });
  }
  const storms = randomOf(county.seed, "storms");
  for (let atMs = fromMs + storms.next() * DAY_MS, n = 0; atMs < toMs; n++) {
    calls.push(...stormCalls(county, `past-${n}`, atMs).filter((call) => call.atMs < toMs));
    atMs += storms.around(DAYS_BETWEEN_STORMS, 0.5) * DAY_MS;
  }
  const visitors = county.customers.areas.find(({ code, count }) => count > 20 && handlingUnitOf(code, true) === VISITORS_CREW);
  calls.push(...stormCalls(county, EVE, toMs - EVE_MS, { over: visitors }).filter(({ atMs }) => atMs < toMs));
  return calls.sort((a, b) => a.atMs - b.atMs);
}

// Of one storm everybody tells the same, each in his own words.
const stormMatter = (county: County, key: string): Matter =>
  randomOf(county.seed, key.replace(/-\d+$/, ""), "matter").pick(stormMatters);

// Of a hundred callers some called lately, mostly about the same.
function callerOf(county: County, key: string): { customer: Customer; matter: Matter } {
  const random = randomOf(county.seed, key, "caller");
  const number = Number(/-(\d+)$/.exec(key)?.[1] ?? 0);
  if (number > 60 && !key.startsWith("storm") && random.chance(0.05))
    return callerOf(county, key.replace(/\d+$/, String(number - 1 - random.below(60))));
  return { customer: county.customers.at(random.below(county.customers.count)), matter: drawMatter(random) };
}

/** What a call asks for, and how it is taken in. */
export function demandOf(county: County, { key, storm, atMs }: Call): Demand {
  const random = randomOf(county.seed, key, "demand");
  const { customer, matter } = storm
    ? { customer: county.customers.at(storm.first + random.below(storm.count)), matter: stormMatter(county, key) }
    : callerOf(county, key);
  const application = matter.flow.startsWith("connection-");
  const atCounter = application ? random.chance(0.8) : storm === null && matter.flow !== "fault-repair" && random.chance(0.08);
  const desk = deskOf(customer.station, atCounter || application, random.below(3));
  const identity = identityOf(matter, random);
  const place = random.chance(0.95) ? customer.area.code : `${random.pick(stations).code}-001`;
  return {
    customer,
    matter,
    agent: random.pick(county.at(desk, "AGENT")),
    desk,
    intake: {
      flow: matter.flow,
      subtype: matter.subtype ?? null,
      deskUnitId: county.unitId(desk),
      form: {
        origin: desk === CENTRE ? originOf(matter, random) : "BUSINESS_HALL",
        identity,
        areaClass: customer.areaClass,
        urgency: matter.urgent ? "URGENT" : "GENERAL",
        title: titleOf(matter, random),
        description: descriptionOf(matter, random),
        targetUnitId: county.unitId(handlingUnitOf(place, matter.flow === "fault-repair")),
        transformerArea: customer.area.code,
        address: customer.address,
        ...callerForm(customer, identity, application, random),
      },
      details: application ? applicationOf(matter, random, atMs) : (matter.details ?? {}),
    },
  };
}

const identityOf = ({ flow }: Matter, random: Random): "NAMED" | "CONFIDENTIAL" | "ANONYMOUS" => {
  if (flow === "whistleblow")
    return random.weighted([
      ["CONFIDENTIAL", 6],
      ["ANONYMOUS", 3],
      ["NAMED", 1],
    ] as const);
  return flow === "complaint" && random.chance(0.06) ? "CONFIDENTIAL" : "NAMED";
};

const originOf = ({ flow }: Matter, random: Random): string => {
  if (flow === "complaint" && random.chance(0.15)) return random.chance(0.6) ? "GOV_12345" : "REGULATOR_12398";
  return random.weighted([
    ["HOTLINE_95598", 78],
    ["MOBILE_APP", 13],
    ["GOV_12345", 7],
    ["CIVIC_LINKAGE", 1],
    ["LETTER", 1],
  ] as const);
};

// Whoever applies for a supply is no customer yet; whoever is anonymous is nobody.
function callerForm(customer: Customer, identity: string, application: boolean, random: Random): Record<string, unknown> {
  if (identity === "ANONYMOUS") return {};
  if (application) return { contactName: personName(random), contactPhone: mobile(random) };
  const contact = random.chance(0.85) ? customer.contacts[0] : customer.contacts.at(-1);
  return {
    accountNo: customer.accountNo,
    contactName: (contact?.name ?? customer.name).slice(0, 60),
    contactPhone: contact?.phone ?? mobile(random),
  };
}

function applicationOf({ flow }: Matter, random: Random, atMs: number): Record<string, unknown> {
  const high = flow.startsWith("connection-hv");
  const missing = (["PROPERTY", "AUTHORISATION"] as const).filter(() => random.chance(0.3));
  return {
    shown: flow === "connection-resident" || flow === "connection-generation" ? "IDENTITY" : "BUSINESS_LICENCE",
    missing,
    capacityKva: high ? random.pick([315, 400, 630, 1250, 2500]) : random.pick([8, 12, 20, 40]),
    ...(high ? { load: random.chance(0.4) ? "IMPORTANT" : "ORDINARY", customerWorksDays: 20 + random.below(40) } : {}),
    ...(high || random.chance(0.4) ? { wantedOn: iso(atMs + (high ? 70 : 15) * DAY_MS).slice(0, 10) } : {}),
  };
}

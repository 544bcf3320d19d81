// The county's customers, each made from the seed and a number alone: nobody has to keep sixty thousand files in memory.
import type { CustomerCategory, Importance, SpecialNeedKind, Voltage } from "@bihuan/core/customer/codes.ts";
import type { AreaClass } from "@bihuan/core/identity/organisation.ts";
import { type Random, randomOf } from "../random.ts";
import { firmOf, mobile, personName } from "./names.ts";
import { serviceCrewOf } from "./organisation.ts";
import { staffAccounts } from "./staff.ts";
import { COUNTY, type Station, stations } from "./stations.ts";

export type Customer = {
  readonly index: number;
  readonly accountNo: string;
  readonly customerNo: string | null;
  readonly name: string;
  readonly category: CustomerCategory;
  readonly voltage: Voltage;
  readonly areaClass: AreaClass;
  readonly station: Station;
  readonly area: TransformerArea;
  readonly address: string;
  /** Whom to call: the holder first. */
  readonly contacts: readonly { readonly name: string | null; readonly phone: string; readonly relation: string }[];
  readonly specialNeed: SpecialNeedKind | null;
  readonly importance: Importance;
  /** What else is known of the household or the firm, by the file's headings. */
  readonly facts: Readonly<Partial<Record<FactHeading, string>>>;
};

/** Columns of the file that describe a household or a firm. */
const factHeadings = ["家庭人口", "老人数", "居住情况", "行业", "合同容量", "应急联系人", "应急电话", "客户经理"] as const;
type FactHeading = (typeof factHeadings)[number];

export type TransformerArea = {
  readonly code: string;
  readonly name: string;
  readonly station: Station;
  readonly place: string;
  /** Customers from this number on, and how many. */
  readonly first: number;
  readonly count: number;
};

export type Customers = {
  readonly count: number;
  readonly areas: readonly TransformerArea[];
  /** The customer of a number from 0 up to `count`. */
  at(index: number): Customer;
  /** What the customer owes; null for those who pay. */
  arrearsOf(index: number): { readonly days: number; readonly yuan: number } | null;
};

const PER_AREA = 120;

function areasOf(seed: string, count: number): TransformerArea[] {
  const areas: TransformerArea[] = [];
  let first = 0;
  for (const station of stations) {
    const last = station === stations.at(-1);
    const mine = last ? count - first : Math.round(count * station.share);
    const many = Math.max(1, Math.round(mine / PER_AREA));
    const random = randomOf(seed, "areas", station.code);
    // Some transformers supply a whole estate, others three farms.
    const weights = Array.from({ length: many }, () => random.between(0.3, 1.7));
    const sum = weights.reduce((a, b) => a + b, 0);
    let left = mine;
    for (const [index, weight] of weights.entries()) {
      const here = index === many - 1 ? left : Math.min(left, Math.max(1, Math.round((mine * weight) / sum)));
      const place = station.places[index % station.places.length] as string;
      const number = Math.floor(index / station.places.length) + 1;
      areas.push({
        code: `${station.code}-${String(index + 1).padStart(3, "0")}`,
        name: `${place.replace(/^.{2,3}路|^.{2,3}大道/, "")}${number}号台区`,
        station,
        place,
        first,
        count: here,
      });
      first += here;
      left -= here;
    }
  }
  return areas.filter((area) => area.count > 0);
}

function addressOf({ station, place }: TransformerArea, number: number, random: Random): string {
  const where = `${COUNTY}${station.town}`;
  const road = /^(.+?(?:路|大道))(.+)$/.exec(place);
  if (road) {
    const [, street = "", estate = ""] = road;
    const room = `${random.below(11) + 1}0${random.below(4) + 1}`;
    return `${where}${street}${8 + ((number * 2) % 180)}号${estate}${random.below(18) + 1}栋${random.below(3) + 1}单元${room}室`;
  }
  return place.endsWith("街")
    ? `${where}${place}${random.below(260) + 1}号`
    : `${where}${place}${random.below(12) + 1}组${random.below(90) + 1}号`;
}

const residentNeeds: readonly (readonly [SpecialNeedKind, number])[] = [
  ["ELDERLY", 55],
  ["LOW_INCOME", 25],
  ["DISABLED", 12],
  ["HEARING_IMPAIRED", 5],
  ["LIFE_SUPPORT", 3],
];

const household = (random: Random) => {
  const name = personName(random);
  const specialNeed = random.chance(0.02) ? random.weighted(residentNeeds) : null;
  return {
    facts: random.chance(0.2) || specialNeed !== null ? householdFacts(random, specialNeed) : {},
    name,
    category: "RESIDENT" as const,
    voltage: "V220" as const,
    contacts: [
      { name, phone: mobile(random), relation: "HOLDER" },
      ...(random.chance(0.18)
        ? [{ name: name[0] + personName(random).slice(1), phone: mobile(random), relation: "FAMILY" }]
        : []),
    ],
    specialNeed,
    importance: "ORDINARY" as const,
  };
};

const householdFacts = (random: Random, need: SpecialNeedKind | null): Customer["facts"] => ({
  家庭人口: String(need === "ELDERLY" ? 1 : 2 + random.below(4)),
  老人数: String(need === "ELDERLY" ? 1 : random.below(3)),
  居住情况: random.weighted([
    ["OWNER", 8],
    ["TENANT", 2],
  ] as const),
});

const firm = (random: Random, station: Station) => {
  const { name, voltage, industry } = firmOf(random, station.town);
  const dual = voltage === "KV10" && random.chance(0.15);
  const emergency = { 应急联系人: personName(random), 应急电话: mobile(random) };
  return {
    facts: {
      行业: industry,
      合同容量: String(voltage === "KV10" ? random.pick([315, 400, 630, 1000, 1250]) : random.pick([15, 30, 50, 80])),
      ...(voltage === "KV10" ? { ...emergency, 客户经理: managerOf(random, station) } : {}),
    },
    name,
    category: dual ? ("HV_DUAL" as const) : voltage === "KV10" ? ("HV_SINGLE" as const) : ("LV_NON_RESIDENT" as const),
    voltage,
    contacts: [
      { name: personName(random), phone: mobile(random), relation: voltage === "KV10" ? "ELECTRICIAN" : "EXECUTIVE" },
      ...(voltage === "KV10" ? [{ name: personName(random), phone: mobile(random), relation: "FINANCE" }] : []),
    ],
    specialNeed: null,
    importance: dual ? random.weighted([["FIRST", 1], ["SECOND", 3]] as const) : ("ORDINARY" as const),
  };
}; // biome-ignore format: short pairs

// The service crew's people are the managers of the large customers in their station's area.
function managerOf(random: Random, station: Station): string {
  const crew = serviceCrewOf(station.code);
  return random.pick(staffAccounts().filter(({ unit }) => unit === crew)).account;
}

/** The customers of the county. In: the seed and how many there are. */
export function customersOf(seed: string, count: number): Customers {
  const areas = areasOf(seed, count);
  const areaOf = (index: number): TransformerArea => {
    let [low, high] = [0, areas.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((areas[middle] as TransformerArea).first <= index) low = middle;
      else high = middle - 1;
    }
    return areas[low] as TransformerArea;
  };
  return {
    count,
    areas,
    at(index) {
      const random = randomOf(seed, "customer", index);
      const area = areaOf(index);
      const { station } = area;
      const business = random.chance(station.areaClass === "URBAN" ? 0.11 : 0.06);
      const who = business ? firm(random, station) : household(random);
      return {
        index,
        accountNo: `66${String(10_000_000 + index * 37).padStart(8, "0")}`,
        customerNo: business ? `WH${String(100_000 + index)}` : null,
        areaClass: station.areaClass,
        station,
        area,
        address: addressOf(area, index, random),
        ...who,
      };
    },
    arrearsOf(index) {
      const random = randomOf(seed, "arrears", index);
      return random.chance(0.015) ? { days: 10 + random.below(80), yuan: Math.round(random.around(140, 0.7) * 100) / 100 } : null;
    },
  };
}

const headings = `户号,户名,客户编号,用电类别,电压等级,区域类别,台区编号,台区名称,联系人,用电地址,特殊需求,重要等级,单位编码,${factHeadings.join(",")},欠费,欠费起始,欠费金额`;
const DAY_MS = 86_400_000;

/** The customers as the file a customer business system exports, line by line. In: when it does so. */
export function* customerFile(customers: Customers, exportedAtMs: number): Generator<string> {
  yield `${headings}\n`;
  for (let index = 0; index < customers.count; index++) {
    const customer = customers.at(index);
    const owed = customers.arrearsOf(index);
    const cells = [
      customer.accountNo,
      customer.name,
      customer.customerNo ?? "",
      customer.category,
      customer.voltage,
      customer.areaClass,
      customer.area.code,
      customer.area.name,
      customer.contacts.map(({ name, phone, relation }) => [name, phone, relation].join(" ")).join(";"),
      customer.address,
      customer.specialNeed ?? "",
      customer.importance,
      customer.station.code,
      ...factHeadings.map((heading) => customer.facts[heading] ?? ""),
      ...(owed
        ? ["是", new Date(exportedAtMs - owed.days * DAY_MS).toISOString().slice(0, 10), String(owed.yuan)]
        : ["", "", ""]),
    ];
    yield `${cells.join(",")}\n`;
  }
}

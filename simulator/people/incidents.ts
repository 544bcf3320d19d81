// What comes between: customers who call again or think better of it, crews who need help, time or a pause.
import { CENTRE, MARKETING, OPERATIONS } from "../county/organisation.ts";
import { randomOf } from "../random.ts";
import { type Case, iso, type Plan } from "./plan.ts";
import { isFault } from "./reply.ts";

const HOUR_MS = 3_600_000;
const early = new Set(["dispatching", "accepting", "travelling", "handling"]);
const inTheField = new Set(["repairing", "handling", "on-site", "utility-works"]);
const open = new Set([...early, ...inTheField, "replying"]);

type Incident = { readonly share: number; readonly on: ReadonlySet<string>; readonly type: string; plan(one: Case): Plan };

const crew = ({ county, state }: Case) =>
  ({ role: "HANDLER", unit: county.unitCode(state.unitId) ?? "", shift: "office" }) as const;
const agent = { role: "AGENT", unit: CENTRE, shift: "always", prompt: true } as const;

const incidents: readonly Incident[] = [
  {
    type: "urge",
    share: 0.09,
    on: open,
    plan: (one) => ({
      ...agent,
      action: "urge",
      minutes: isFault(one) ? [35, 0.5] : [1500, 0.6],
      form: (_, random) => ({
        by: random.weighted([
          ["CUSTOMER", 9],
          ["CENTRE", 1],
        ] as const),
        note: random.pick(["客户再次来电催促", "客户询问何时处理", "客户等待时间较长，情绪着急", "要求尽快答复"]),
      }),
    }),
  },
  {
    type: "withdraw",
    share: 0.012,
    on: early,
    plan: () => ({
      ...agent,
      action: "withdraw",
      minutes: [25, 0.6],
      form: (_, random) => ({
        confirmed: true,
        reason: random.pick(["客户自行排除，来电撤单", "已来电，客户要求撤单", "客户误报"]),
      }),
    }),
  },
  {
    type: "note",
    share: 0.08,
    on: inTheField,
    plan: (one) => ({
      ...crew(one),
      action: "note",
      minutes: [30, 0.6],
      form: (_, random) => ({
        note: random.pick(["现场照片已上传班组群", "需要更换配件，正在调拨", "已联系客户，下午在家", "夜间施工注意扰民"]),
      }),
    }),
  },
  {
    type: "consult",
    share: 0.04,
    on: new Set(["handling"]),
    plan: (one) => ({
      ...crew(one),
      action: "consult",
      minutes: [180, 0.6],
      form: (_, random) => ({
        unitIds: [one.county.unitId(random.pick([MARKETING, OPERATIONS]))],
        question: random.pick(["请协助核查线路跳闸记录", "请核对电费计算明细", "请确认是否在改造计划内"]),
      }),
    }),
  },
  {
    type: "request-suspension",
    share: 0.035,
    on: new Set(["handling", "on-site", "repairing"]),
    plan: (one) => ({
      ...crew(one),
      action: "request-suspension",
      minutes: [60, 0.6],
      form: (atMs, random) => ({
        reason: random.weighted([
          ["CUSTOMER_APPOINTMENT", 4],
          ["CUSTOMER_WORKS", 3],
          ["MATERIAL", 2],
          ["EXTREME_WEATHER", 1],
        ] as const),
        until: iso(atMs + random.between(20, 70) * HOUR_MS),
        note: "与客户确认后再处理",
      }),
    }),
  },
  {
    type: "request-extension",
    share: 0.03,
    on: new Set(["handling", "on-site"]),
    plan: (one) => ({
      ...crew(one),
      action: "request-extension",
      minutes: [400, 0.6],
      form: (atMs, random) => ({
        dueAt: iso(atMs + random.between(3, 8) * 24 * HOUR_MS),
        reason: "需核查历史数据，申请延期答复",
      }),
    }),
  },
  {
    type: "request-termination",
    share: 0.006,
    on: new Set(["handling"]),
    plan: (one) => ({
      ...crew(one),
      action: "request-termination",
      minutes: [600, 0.5],
      form: () => ({ reason: "OUT_OF_REMIT", note: "属小区物业内部线路，已告知客户" }),
    }),
  },
];

/** What comes between at this order in this step, by its fate: each at most once, in its first episode. */
export function incidentPlan(one: Case): Plan | null {
  const { county, key, state, types } = one;
  if (state.episode > 1 || state.step === null) return null;
  const fate = randomOf(county.seed, key, "incidents");
  let found: Plan | null = null;
  // Every share is drawn, whatever was found: what happens to an order does not hang on the order of this list.
  for (const { share, on, type, plan } of incidents) {
    const happens = fate.chance(share);
    if (happens && found === null && on.has(state.step) && !types.has(type)) found = plan(one);
  }
  return found;
}

// Service connection (业扩报装): one flow for each kind that has limits of its own (service-standards §2.5).
import { by, defineFlow } from "../../flow/define-flow.ts";
import type { Flow, Step } from "../../flow/definition.ts";
import type { Bilingual } from "../../text.ts";
import { movesOf } from "./actions.ts";
import { detailsForm } from "./forms.ts";
import type { Shape } from "./parts.ts";
import { clocksOf } from "./stretches.ts";

const kinds = {
  NEW: { zh: "新装", en: "New supply" },
  INCREASE: { zh: "增容", en: "More capacity" },
} as const satisfies Readonly<Record<string, Bilingual>>;

type Connection = Shape & {
  readonly id: string;
  readonly title: Bilingual;
  readonly subtypes: Readonly<Record<string, Bilingual>>;
};

const stepsOf = ({ works, reviews }: Shape): Readonly<Record<string, Step>> => ({
  surveying: by("HANDLER", { zh: "现场勘查", en: "Site survey" }),
  planning: by("HANDLER", { zh: "拟定供电方案", en: "Supply plan" }),
  ...(works.includes("CUSTOMER")
    ? { "customer-works": { ...by(["HANDLER", "AGENT"], { zh: "客户工程", en: "Customer's works" }), stands: "CUSTOMER_WORKS" } }
    : {}),
  ...(works.includes("CUSTOMER") && reviews
    ? {
        "design-review": by("HANDLER", { zh: "设计审查", en: "Design review" }),
        "mid-inspection": by("HANDLER", { zh: "中间检查", en: "Intermediate inspection" }),
      }
    : {}),
  ...(works.includes("CUSTOMER")
    ? { "completion-inspection": by("HANDLER", { zh: "竣工检验", en: "Completion inspection" }) }
    : {}),
  ...(works.includes("UTILITY") ? { "utility-works": by("HANDLER", { zh: "配套工程", en: "Utility-side works" }) } : {}),
  formalities: by(["HANDLER", "AGENT"], { zh: "办结手续", en: "Formalities" }),
  metering: by("HANDLER", { zh: "装表", en: "Metering" }),
  energising: by("HANDLER", { zh: "送电", en: "Energising" }),
  filing: by("HANDLER", { zh: "资料归集", en: "Filing" }),
});

function connection({ id, title, subtypes, ...shape }: Connection): Flow {
  const steps = stepsOf(shape);
  const names = Object.keys(steps);
  return defineFlow({
    id,
    title,
    subtypes,
    details: detailsForm(shape.documents, { load: shape.reviews }),
    steps,
    handling: "surveying",
    keepsPlace: true,
    rework: "filing",
    actions: movesOf(shape, new Set(names)),
    contactFrom: names,
    replyFrom: ["filing"],
    clocks: clocksOf({
      customerWorks: shape.works.includes("CUSTOMER"),
      reviews: shape.reviews,
      utilityWorks: shape.works.includes("UTILITY"),
    }),
  });
}

const highVoltageStages = {
  DOCUMENTS: { zh: "竣工资料", en: "Documents" },
  PRIMARY: { zh: "一次设备", en: "Primary equipment" },
  SECONDARY: { zh: "二次及保护", en: "Secondary and protection" },
  METERING: { zh: "计量装置", en: "Metering" },
} as const;
const highVoltage = {
  subtypes: kinds,
  documents: ["PROPERTY", "AUTHORISATION", "EQUIPMENT_LIST", "PROJECT_APPROVAL", "SITE_PLAN", "LOAD_STATEMENT"],
  works: ["CUSTOMER"],
  reviews: true,
  stages: highVoltageStages,
  fee: true,
} as const satisfies Omit<Connection, "id" | "title">;

/** Households (居民): the meter is set at once, or after works on the utility's side. */
export const resident = connection({
  id: "connection-resident",
  title: { zh: "居民业扩报装", en: "Resident connection" },
  subtypes: kinds,
  documents: ["PROPERTY", "AUTHORISATION"],
  works: ["NONE", "UTILITY"],
  reviews: false,
  stages: {},
  fee: false,
});

/** Low-voltage business (低压非居民). */
export const lowVoltage = connection({
  id: "connection-low-voltage",
  title: { zh: "低压非居民业扩报装", en: "LV business connection" },
  subtypes: kinds,
  documents: ["PROPERTY", "AUTHORISATION", "EQUIPMENT_LIST"],
  works: ["NONE", "UTILITY", "CUSTOMER"],
  reviews: false,
  stages: {},
  fee: false,
});

/** High voltage with one source (高压单电源). */
export const highVoltageSingle = connection({
  ...highVoltage,
  id: "connection-hv-single",
  title: { zh: "高压单电源业扩报装", en: "HV single-source connection" },
});

/** High voltage with two sources (高压双电源). */
export const highVoltageDual = connection({
  ...highVoltage,
  id: "connection-hv-dual",
  title: { zh: "高压双电源业扩报装", en: "HV dual-source connection" },
});

/** Distributed generation (分布式光伏并网): the plan is that of the access system, the completion inspection that of the connection. */
export const generation = connection({
  id: "connection-generation",
  title: { zh: "分布式光伏并网", en: "PV generation connection" },
  subtypes: {
    NATURAL_PERSON: { zh: "自然人", en: "Natural person" },
    LOW_VOLTAGE: { zh: "低压非自然人", en: "Low voltage" },
    HIGH_VOLTAGE: { zh: "10 千伏及以上", en: "10 kV and above" },
  },
  documents: ["PROPERTY", "AUTHORISATION", "ROOF_RIGHT", "PROJECT_APPROVAL", "GENERATION_EQUIPMENT"],
  works: ["CUSTOMER"],
  reviews: false,
  stages: {},
  fee: false,
});

/** Charging posts (充电桩报装). */
export const charging = connection({
  id: "connection-charging",
  title: { zh: "充电桩报装", en: "Charging-post connection" },
  subtypes: {
    RESIDENT: { zh: "居民自用桩", en: "Resident's own post" },
    LOW_VOLTAGE: { zh: "低压经营性桩", en: "Public, low voltage" },
    HIGH_VOLTAGE: { zh: "高压充电站", en: "Charging station, high voltage" },
  },
  documents: ["PROPERTY", "AUTHORISATION", "PARKING_RIGHT", "MANAGEMENT_CONSENT", "EQUIPMENT_LIST"],
  works: ["NONE", "UTILITY", "CUSTOMER"],
  reviews: false,
  stages: {},
  fee: false,
});

export const connectionFlows: readonly Flow[] = [resident, lowVoltage, highVoltageSingle, highVoltageDual, generation, charging];

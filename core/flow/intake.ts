// Intake (受理): how an order begins. The common form, the flow's own details, and the facts that rules may ask about.
import { z } from "zod";
import type { OrderFacts } from "../clock/types.ts";
import { isRefusal, refuse, type Refusal } from "../refusal.ts";
import type { ActionContext, Flow } from "./definition.ts";
import { invalidForm, type InvalidForm } from "./engine.ts";
import type { NewEvent } from "./event.ts";
import { choice, field, type JsonObject, optionalText, splitPersonal, text } from "./form.ts";
import { Whole } from "../whole.ts";

export const origins = {
  HOTLINE_95598: { zh: "95598 热线", en: "Hotline 95598" },
  GOV_12345: { zh: "12345 政务热线", en: "Government hotline 12345" },
  REGULATOR_12398: { zh: "12398 能源监管热线", en: "Regulator hotline 12398" },
  CIVIC_LINKAGE: { zh: "110 联动", en: "Civic linkage 110" },
  BUSINESS_HALL: { zh: "营业厅", en: "Business hall" },
  MOBILE_APP: { zh: "网上国网", en: "Customer app" },
  LETTER: { zh: "来信来访", en: "Letter or visit" },
  OTHER: { zh: "其他", en: "Other" },
} as const;
export const identities = {
  NAMED: { zh: "实名", en: "Named" },
  CONFIDENTIAL: { zh: "保密", en: "Confidential" },
  ANONYMOUS: { zh: "匿名", en: "Anonymous" },
} as const;
export const areaClasses = {
  URBAN: { zh: "城区", en: "Urban" },
  RURAL: { zh: "农村", en: "Rural" },
  REMOTE: { zh: "特殊边远地区", en: "Special remote" },
} as const;
export const urgencies = { GENERAL: { zh: "一般", en: "General" }, URGENT: { zh: "紧急", en: "Urgent" } } as const;

/** A code of a catalogue: what rules ask about is hashed for ever and must not become a place for names. */
const code = z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/);

/** What every intake asks. Who the caller is stays outside the hashed history. */
export const IntakeForm = z.strictObject({
  origin: choice(origins, { zh: "来源", en: "Origin" }),
  identity: choice(identities, { zh: "身份方式", en: "Identity" }).default("NAMED"),
  areaClass: choice(areaClasses, { zh: "地区类别", en: "Area class" }),
  urgency: choice(urgencies, { zh: "紧急程度", en: "Urgency" }).default("GENERAL"),
  customerClass: field(code, { label: { zh: "客户类别", en: "Customer class" } }).optional(),
  voltage: field(code, { label: { zh: "电压等级", en: "Voltage" } }).optional(),
  customerId: field(z.string().regex(/^\d{1,18}$/), { label: { zh: "客户", en: "Customer" }, widget: "customer" }).optional(),
  transformerArea: field(z.string().trim().max(64), { label: { zh: "台区", en: "Transformer area" } }).optional(),
  targetUnitId: field(Whole, { label: { zh: "拟派单位", en: "Proposed handling unit" }, widget: "unit" }).optional(),
  externalNo: field(z.string().trim().max(64), { label: { zh: "外部工单号", en: "External number" } }).optional(),
  title: text({ zh: "标题", en: "Title" }, { max: 120 }),
  description: optionalText({ zh: "诉求内容", en: "What the customer says" }, 4000),
  contactName: optionalText({ zh: "联系人", en: "Contact" }, 60),
  contactPhone: optionalText({ zh: "联系电话", en: "Telephone" }, 30),
  address: optionalText({ zh: "地址", en: "Address" }, 200),
  accountNo: optionalText({ zh: "户号", en: "Account number" }, 32),
  callbackWish: optionalText({ zh: "回访意愿", en: "Callback wish" }, 60),
});
export type IntakeForm = z.infer<typeof IntakeForm>;

export type IntakeInput = { readonly subtype?: string | null; readonly form: unknown; readonly details: unknown };
export type IntakeWorld = Pick<ActionContext, "nowMs" | "actor" | "organisation" | "rolesOver"> & {
  readonly deskUnitId: number;
  readonly rulebookVersion: number;
};

/** The facts rules may ask about, from an intake. */
const factsOf = (flow: Flow, subtype: string | null, form: IntakeForm, organisationPath: readonly number[]): OrderFacts => ({
  flow: flow.id,
  subtype,
  areaClass: form.areaClass,
  customerClass: form.customerClass ?? null,
  voltage: form.voltage ?? null,
  grade: null,
  urgency: form.urgency,
  identity: form.identity,
  origin: form.origin,
  organisationPath,
});

/**
 * Opens an order at a desk. In: the common form and the flow's details as they came, the desk's unit, the rulebook in force.
 * Out: the event of the intake, or a refusal. An anonymous caller's name and number are refused rather than kept.
 */
export function openOrder(
  flow: Flow,
  input: IntakeInput,
  world: IntakeWorld,
): Refusal | InvalidForm | { readonly event: NewEvent; readonly form: IntakeForm } {
  if (flow.closedElsewhere) return refuse("work-order.flow-unknown", { flow: flow.id });
  if (!world.organisation.isActive(world.deskUnitId)) return refuse("work-order.unit-unknown", { unitId: world.deskUnitId });
  if (world.actor.kind !== "system" && !world.rolesOver(world.deskUnitId).has("AGENT"))
    return refuse("work-order.not-yours", { action: "intake" });
  const parsed = IntakeForm.safeParse(input.form);
  if (!parsed.success) return invalidForm(IntakeForm, input.form, "form");
  const details = flow.details.safeParse(input.details ?? {});
  if (!details.success) return invalidForm(flow.details, input.details ?? {}, "details");
  const form = parsed.data;
  const subtype = input.subtype ?? null;
  if (subtype === null ? Object.keys(flow.subtypes).length > 0 : !Object.hasOwn(flow.subtypes, subtype))
    return refuse("work-order.subtype-unknown", { subtype });
  const target = form.targetUnitId;
  const refusal = checkTarget(target, world) ?? checkIdentity(form);
  if (isRefusal(refusal)) return refusal;
  const publicForm = splitPersonal(IntakeForm, form);
  const publicDetails = splitPersonal(flow.details, details.data);
  const facts = factsOf(flow, subtype, form, world.organisation.pathOf(target ?? world.deskUnitId));
  const data: JsonObject = {
    facts: facts,
    flowVersion: flow.version,
    rulebookVersion: world.rulebookVersion,
    customerId: form.customerId ?? null,
    transformerArea: form.transformerArea ?? null,
    targetUnitId: target ?? null,
    externalNo: form.externalNo ?? null,
    details: publicDetails.data,
  };
  const personal = { ...publicForm.personal, ...(publicDetails.personal ? { details: publicDetails.personal } : {}) };
  return { event: { type: "intake", data, personal, step: flow.initial, unitId: world.deskUnitId, holderId: null }, form };
}

const checkTarget = (target: number | undefined, world: IntakeWorld) => {
  if (target === undefined) return null;
  if (!world.organisation.isActive(target)) return refuse("work-order.unit-unknown", { unitId: target });
  if (world.organisation.regionOf(target) !== world.organisation.regionOf(world.deskUnitId))
    return refuse("work-order.unit-other-region", { unitId: target });
  return null;
};

const checkIdentity = (form: IntakeForm) =>
  form.identity === "ANONYMOUS" && (form.contactName || form.contactPhone || form.customerId || form.accountNo)
    ? refuse("work-order.anonymous-with-identity")
    : null;

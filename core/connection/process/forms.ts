// What is written down at each step of a service connection.
import { z } from "zod";
import { choice, field, flag, happenedField, instantField, optionalText, text } from "../../flow/form.ts";
import type { Bilingual } from "../../text.ts";
import { acceptanceDocuments, type FollowingDocument, followingDocuments } from "./documents.ts";

const loads = {
  ORDINARY: { zh: "普通负荷", en: "Ordinary" },
  IMPORTANT: { zh: "重要负荷", en: "Important" },
} as const;

/** Several of some codes, each at most once. */
const several = <const C extends Readonly<Record<string, Bilingual>>>(options: C, label: Bilingual) =>
  field(z.array(z.enum(Object.keys(options) as [keyof C & string])).max(Object.keys(options).length), { label, options });

export const documentsOf = (codes: readonly FollowingDocument[]) =>
  Object.fromEntries(codes.map((code) => [code, followingDocuments[code]]));

/** What an application asks beyond the common form: one document is shown, the others may be missing. */
export const detailsForm = (documents: readonly FollowingDocument[], { load = false }: { load?: boolean } = {}) =>
  z.strictObject({
    shown: choice(acceptanceDocuments, { zh: "受理凭证", en: "Accepted on" }).default("IDENTITY"),
    missing: several(documentsOf(documents), { zh: "尚缺资料", en: "Documents to follow" }).default([]),
    ...(load ? { load: choice(loads, { zh: "负荷性质", en: "Load" }).default("ORDINARY") } : {}),
    capacityKva: field(z.number().positive().max(1_000_000), {
      label: { zh: "申请容量（千伏安）", en: "Capacity applied for (kVA)" },
    }).optional(),
    wantedOn: field(z.iso.date(), { label: { zh: "期望送电日期", en: "Wanted energising date" } }).optional(),
    customerWorksDays: field(z.int().min(0).max(3660), {
      label: { zh: "客户工程预计天数", en: "Days the customer's works will take" },
    }).optional(),
  });

export const supplyForm = (documents: readonly FollowingDocument[]) =>
  z.strictObject({
    documents: field(z.array(z.enum(documents as [FollowingDocument, ...FollowingDocument[]])).min(1), {
      label: { zh: "补交资料", en: "Documents supplied" },
      options: documentsOf(documents),
    }),
    note: optionalText({ zh: "备注", en: "Note" }, 500),
  });

export const AppointForm = z.strictObject({
  agreedAt: instantField({ zh: "约定上门时间", en: "Agreed time" }),
  note: optionalText({ zh: "约定事项", en: "What was agreed" }, 500),
});

export const SurveyForm = z.strictObject({
  surveyedAt: happenedField({ zh: "勘查时间", en: "Surveyed at" }),
  findings: text({ zh: "现场情况", en: "What was found" }),
});

export const works = {
  CUSTOMER: { zh: "客户受电工程", en: "Customer's own works" },
  UTILITY: { zh: "业扩配套工程", en: "Utility-side works" },
  NONE: { zh: "无工程，直接装表", en: "None: the meter can be set" },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type Works = keyof typeof works;

/** The supply plan as it is answered to the customer. In: what works may follow; asked where there is a choice. */
export const planForm = (following: readonly Works[], fee: boolean) =>
  z.strictObject({
    plan: text({ zh: "供电方案", en: "Supply plan" }),
    ...(following.length > 1
      ? {
          works: choice(Object.fromEntries(following.map((one) => [one, works[one]])), { zh: "后续工程", en: "Works to follow" }),
        }
      : {}),
    ...(fee ? { feeDue: flag({ zh: "须收取业务费", en: "A fee is due" }).default(false) } : {}),
  });

export const FeeForm = z.strictObject({
  amountYuan: field(z.number().min(0).max(1_000_000_000), { label: { zh: "实收金额（元）", en: "Amount received (yuan)" } }),
  receipt: text({ zh: "收据号", en: "Receipt number" }, { max: 60 }),
});

export const FollowUpForm = z.strictObject({
  progress: text({ zh: "工程进度", en: "Progress" }, { max: 500 }),
  expectedOn: field(z.iso.date(), { label: { zh: "预计完工日期", en: "Expected to be finished on" } }).optional(),
});

const findings = {
  DRAWINGS: { zh: "图纸资料不符", en: "Drawings do not match" },
  EQUIPMENT: { zh: "设备不合格或未试验", en: "Equipment unfit or untested" },
  WIRING: { zh: "接线、安装不规范", en: "Wiring or installation" },
  GROUNDING: { zh: "接地、防雷不合格", en: "Earthing or lightning protection" },
  PROTECTION: { zh: "保护定值、联锁不合格", en: "Protection settings or interlocking" },
  METERING: { zh: "计量装置不合格", en: "Metering device" },
  SAFETY: { zh: "安全工器具、运行制度缺失", en: "Safety tools or operating rules" },
  OTHER: { zh: "其他", en: "Other" },
} as const;

/** A judgement with findings where it is not passed. `stages`: which parts there are, where there are several. */
export const inspectionForm = (
  stages: Readonly<Record<string, Bilingual>> = {},
  label: Bilingual = { zh: "检查部分", en: "Part" },
) =>
  z.strictObject({
    ...(Object.keys(stages).length > 0 ? { stage: choice(stages, label) } : {}),
    passed: flag({ zh: "合格", en: "Passed" }),
    kinds: field(z.array(z.enum(Object.keys(findings) as [keyof typeof findings])).max(8), {
      label: { zh: "问题类别", en: "Kinds of findings" },
      options: findings,
    }).optional(),
    findings: optionalText({ zh: "整改意见", en: "What must be put right" }, 2000, {
      requiredWhen: { field: "passed", is: [false] },
    }),
    rectified: flag({ zh: "上次问题已逐项复核整改", en: "Earlier findings were checked one by one" }).optional(),
  });

export const NoteForm = z.strictObject({ note: optionalText({ zh: "备注", en: "Note" }, 500) });

export const ContractForm = z.strictObject({
  signedAt: happenedField({ zh: "签订时间", en: "Signed at" }),
  contractNo: text({ zh: "供用电合同编号", en: "Contract number" }, { max: 60 }),
});

export const MeterForm = z.strictObject({
  installedAt: happenedField({ zh: "装表时间", en: "Installed at" }),
  meterNo: text({ zh: "电能表资产号", en: "Meter number" }, { max: 60 }),
});

export const EnergiseForm = z.strictObject({
  energisedAt: happenedField({ zh: "送电时间", en: "Energised at" }),
  note: optionalText({ zh: "备注", en: "Note" }, 500),
});

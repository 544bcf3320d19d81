import { z } from "zod";
import { by, defineFlow, go } from "../../flow/define-flow.ts";
import { choice, flag, happenedField, optionalText, text } from "../../flow/form.ts";
import { happened } from "../../flow/outcome.ts";
import { ArrivalForm, givenAway } from "./forms.ts";

export const faultKinds = {
  HV_FAULT: { zh: "高压故障", en: "HV fault" },
  LV_FAULT: { zh: "低压故障", en: "LV fault" },
  POWER_QUALITY: { zh: "电能质量故障", en: "Power quality" },
  METERING: { zh: "计量故障", en: "Metering fault" },
  CUSTOMER_INTERNAL: { zh: "客户内部故障", en: "Customer-internal fault" },
  NON_POWER: { zh: "非电力故障", en: "Non-power matter" },
} as const;

const FaultDetails = z.strictObject({
  scope: choice(
    {
      SINGLE: { zh: "单户", en: "One household" },
      MANY: { zh: "多户", en: "Several households" },
      UNKNOWN: { zh: "不清楚", en: "Not known" },
    },
    { zh: "停电范围", en: "Who is out" },
  ).default("UNKNOWN"),
  danger: flag({ zh: "危及人身或公共安全", en: "Danger to life or public" }).default(false),
  symptom: optionalText({ zh: "故障现象", en: "What is seen" }, 500),
});

const RestorationForm = z.strictObject({
  restoredAt: happenedField({ zh: "复电时间", en: "Supply restored at" }),
  kind: choice(faultKinds, { zh: "故障类型", en: "Kind of fault" }),
  work: text({ zh: "处理情况", en: "What was done" }),
});

/** Fault repair (故障报修): the crew is on its way at once, and the clocks run day and night (service-standards §2.1). */
export const faultRepair = defineFlow({
  id: "fault-repair",
  title: { zh: "故障报修", en: "Fault repair" },
  details: FaultDetails,
  steps: {
    travelling: by("HANDLER", { zh: "赶赴现场", en: "On the way" }),
    repairing: by("HANDLER", { zh: "抢修中", en: "Repairing" }),
    replying: by("HANDLER", { zh: "待回单", en: "To be reported" }),
  },
  handling: "travelling",
  actions: {
    arrive: go("travelling", "repairing", ArrivalForm, {
      title: { zh: "到达", en: "Arrive" },
      by: ["HANDLER"],
      checkForm: happened(ArrivalForm, "arrivedAt"),
    }),
    restore: go("repairing", "replying", RestorationForm, {
      title: { zh: "复电", en: "Restore" },
      by: ["HANDLER"],
      checkForm: happened(RestorationForm, "restoredAt"),
    }),
  },
  replyFrom: ["replying", "travelling"],
  goesThere: true,
  clocks: {
    arrival: {
      title: { zh: "到达现场", en: "Arrival on site" },
      from: "open",
      until: ["arrive"],
      lapsesOn: { reply: { zh: "未到现场即回单", en: "replied without going there" } },
    },
    restoration: {
      title: { zh: "恢复供电", en: "Restoration" },
      from: "arrive",
      until: ["restore"],
      lapsesOn: {
        reply: { zh: "未复电即回单", en: "replied without restoring supply" },
        return: { zh: "未复电即退单", en: "returned without restoring supply" },
        "return-disputed": { zh: "未复电即退单", en: "returned without restoring supply" },
        transfer: { zh: "未复电即转派", en: "transferred without restoring supply" },
      },
    },
    "report-result": {
      title: { zh: "回填结果", en: "Report of the result" },
      from: "restore",
      until: ["reply"],
      lapsesOn: givenAway,
    },
    handling: { title: { zh: "处理", en: "Handling" }, from: "open", until: ["reply"] },
  },
});

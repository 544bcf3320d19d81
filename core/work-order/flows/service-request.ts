import { z } from "zod";
import { by, defineFlow, go } from "../../flow/define-flow.ts";
import { field, happenedField, text, type Bilingual } from "../../flow/form.ts";
import { happened } from "../../flow/outcome.ts";
import { ArrivalForm, firstContact, givenAway } from "./forms.ts";

/** Subtypes with limits of their own (service-standards §2.3 and §2.7). */
const subtypes: Readonly<Record<string, Bilingual>> = {
  RECONNECT_AFTER_ARREARS: { zh: "欠费复电", en: "Reconnection after arrears" },
  APPLIANCE_DAMAGE: { zh: "电器损坏", en: "Appliance damage" },
  METER_ABNORMAL: { zh: "电能表异常", en: "Meter abnormal" },
  METER_READING_ABNORMAL: { zh: "抄表数据异常", en: "Meter-reading data abnormal" },
  METER_TEST: { zh: "电能表校验", en: "Meter test" },
  FAST_CHARGE_APPOINTMENT: { zh: "快充预约", en: "Motorway fast-charge appointment" },
  TEMPORARY_REMOVAL: { zh: "暂拆", en: "Temporary disconnection" },
  OTHER: { zh: "其他服务申请", en: "Other" },
};

const Details = z.strictObject({
  appointmentAt: field(z.iso.datetime({ offset: true }), {
    label: { zh: "预约时间", en: "Appointed time" },
    widget: "date-time",
  }).optional(),
});

const WorkForm = z.strictObject({
  finishedAt: happenedField({ zh: "完成时间", en: "Finished at" }),
  work: text({ zh: "处理情况", en: "What was done" }),
});

/** Service request (服务申请): reconnection, damaged appliances, meters, appointments. */
export const serviceRequest = defineFlow({
  id: "service-request",
  title: { zh: "服务申请", en: "Service request" },
  details: Details,
  subtypes,
  steps: {
    handling: by("HANDLER", { zh: "处理中", en: "Being handled" }),
    "on-site": by("HANDLER", { zh: "现场处理", en: "On site" }),
    replying: by("HANDLER", { zh: "待回单", en: "To be reported" }),
  },
  handling: "handling",
  actions: {
    arrive: go("handling", "on-site", ArrivalForm, {
      title: { zh: "到达", en: "Arrive" },
      by: ["HANDLER"],
      checkForm: happened(ArrivalForm, "arrivedAt"),
    }),
    "finish-work": go(["handling", "on-site"], "replying", WorkForm, {
      title: { zh: "完成", en: "Finish work" },
      by: ["HANDLER"],
      checkForm: happened(WorkForm, "finishedAt"),
    }),
  },
  contactFrom: ["handling", "on-site", "replying"],
  replyFrom: ["handling", "on-site", "replying"],
  clocks: {
    "first-contact": { ...firstContact, until: ["contact", "arrive", "contacted"] },
    "on-site": {
      title: { zh: "到达现场", en: "On site" },
      from: "open",
      until: ["arrive"],
      lapsesOn: {
        "finish-work": { zh: "未到现场即办结", en: "finished without going there" },
        reply: { zh: "未到现场即回单", en: "replied without going there" },
      },
    },
    work: { title: { zh: "办理", en: "Work" }, from: "open", until: ["finish-work", "reply"] },
    "report-result": {
      title: { zh: "回填结果", en: "Report of the result" },
      from: "finish-work",
      until: ["reply"],
      lapsesOn: givenAway,
    },
    handling: { title: { zh: "处理", en: "Handling" }, from: "dispatch", until: ["reply"] },
  },
});

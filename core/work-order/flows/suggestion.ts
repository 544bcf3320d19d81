import { defineFlow } from "../../flow/define-flow.ts";
import { handledDemand } from "./handled-demand.ts";

/** Suggestion (建议), by what it is about (service-standards §3.5). */
export const suggestion = defineFlow({
  ...handledDemand,
  id: "suggestion",
  title: { zh: "建议", en: "Suggestion" },
  subtypes: {
    URBAN_GRID: { zh: "城市电网", en: "Urban grid" },
    RURAL_GRID: { zh: "农村电网", en: "Rural grid" },
    SERVICE: { zh: "服务行为", en: "Service conduct" },
    OUTAGE: { zh: "停电", en: "Outage" },
    REPAIR: { zh: "抢修", en: "Repair" },
    CONNECTION: { zh: "业扩报装", en: "New connection" },
    READING: { zh: "抄表催费", en: "Reading and dunning" },
    PAYMENT: { zh: "交费渠道", en: "Payment ways" },
    TARIFF: { zh: "电价电费", en: "Tariff and bill" },
    METERING: { zh: "计量", en: "Metering" },
    EV_CHARGING: { zh: "充换电", en: "EV charging" },
    OTHER: { zh: "其他", en: "Other" },
  },
  actions: {},
});

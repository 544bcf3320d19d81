import { defineFlow } from "../../flow/define-flow.ts";
import { handledDemand } from "./handled-demand.ts";

/** Praise (表扬): passed on and acknowledged; nobody is called back for it (service-standards §2.3). */
export const praise = defineFlow({
  ...handledDemand,
  id: "praise",
  title: { zh: "表扬", en: "Praise" },
  actions: {},
  noCallbackReasons: ["NOT_REQUIRED", "NOT_REACHED", "DECLINED", "ANONYMOUS"],
});

import { defineFlow } from "../../flow/define-flow.ts";
import { handledDemand } from "./handled-demand.ts";

/** Opinion (意见): dissatisfaction without the utility's fault. */
export const opinion = defineFlow({ ...handledDemand, id: "opinion", title: { zh: "意见", en: "Opinion" }, actions: {} });

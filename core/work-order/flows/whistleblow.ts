import { defineFlow } from "../../flow/define-flow.ts";
import { handledDemand } from "./handled-demand.ts";

/** Whistle-blowing (举报). An anonymous one is answered without a callback. */
export const whistleblow = defineFlow({
  ...handledDemand,
  id: "whistleblow",
  title: { zh: "举报", en: "Whistle-blowing" },
  actions: {},
});

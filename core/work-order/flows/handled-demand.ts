// What the demands that one unit investigates and answers have in common: complaint, whistle-blowing, opinion, suggestion, inquiry, praise.
import { by, type FlowDefinition } from "../../flow/define-flow.ts";
import { firstContact } from "./forms.ts";

/** Spread into a flow: one step of handling, with the clocks of the first contact and of the handling itself. */
export const handledDemand = {
  steps: { handling: by("HANDLER", { zh: "处理中", en: "Being handled" }) },
  handling: "handling",
  replyFrom: ["handling"],
  contactFrom: ["handling"],
  clocks: {
    "first-contact": firstContact,
    handling: { title: { zh: "处理", en: "Handling" }, from: "dispatch", until: ["reply"] },
  },
} as const satisfies Partial<FlowDefinition>;

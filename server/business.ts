// The business as the clock slice sees it: the flows, and the values facts may take. Part of the composition root, since the clock stands below the flows.
import { areaClasses, identities, origins, urgencies } from "@bihuan/core/flow/intake.ts";
import { flows } from "@bihuan/core/flows.ts";
import { grades } from "@bihuan/core/work-order/flows/complaint.ts";
import type { Business } from "./clock/world.ts";

export const business: Business = {
  flows: flows.all,
  factValues: {
    areaClass: Object.keys(areaClasses),
    urgency: Object.keys(urgencies),
    identity: Object.keys(identities),
    origin: Object.keys(origins),
    grade: Object.keys(grades),
  },
};

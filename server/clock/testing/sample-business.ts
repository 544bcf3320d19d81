// Two small flows for the slice's own tests, so that they need no slice above.
import type { ClockSlot } from "@bihuan/core/clock/types.ts";
import type { Business, FlowOutline } from "../world.ts";

const slot = (key: string, from: string, until: string): ClockSlot => ({
  key,
  title: { zh: key, en: key },
  from: from.split(" "),
  until: until.split(" "),
  limit: "rule",
});

const common = [
  slot("dispatch", "open return", "dispatch"),
  slot("answer", "open", "callback"),
  slot("callback", "reply", "callback"),
];
const repair: FlowOutline = {
  id: "fault-repair",
  title: { zh: "故障报修", en: "Fault repair" },
  slots: [slot("arrival", "open", "arrive"), slot("handling", "open", "reply"), ...common],
  subtypes: {},
};
const complaint: FlowOutline = {
  id: "complaint",
  title: { zh: "投诉", en: "Complaint" },
  slots: [slot("first-contact", "open", "contact"), slot("handling", "dispatch", "reply"), ...common],
  subtypes: { SERVICE: { zh: "服务投诉", en: "Service" } },
};

export const sampleBusiness: Business = {
  flows: [repair, complaint],
  factValues: {
    areaClass: ["URBAN", "RURAL", "REMOTE"],
    identity: ["NAMED", "CONFIDENTIAL", "ANONYMOUS"],
    origin: ["HOTLINE_95598", "GOV_12345", "REGULATOR_12398", "CIVIC_LINKAGE", "LETTER", "OTHER"],
    urgency: ["GENERAL", "URGENT"],
    grade: ["SPECIAL", "MAJOR", "IMPORTANT", "GENERAL"],
  },
};

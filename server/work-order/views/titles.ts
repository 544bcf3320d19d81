// What an event or a clock is called, in both languages.
import type { Flow } from "@bihuan/core/flow/definition.ts";
import type { Bilingual } from "@bihuan/core/flow/form.ts";

const eventTitles: Readonly<Record<string, Bilingual>> = {
  intake: { zh: "受理", en: "Taken in" },
  "return-disputed": { zh: "再次退单，报上级裁定", en: "Returned again: to arbitration" },
  suspend: { zh: "挂起", en: "Suspended" },
  extend: { zh: "延期", en: "Extended" },
  reclassify: { zh: "改类", en: "Reclassified" },
  terminate: { zh: "终止", en: "Terminated" },
  "review-passed": { zh: "审核通过", en: "Review passed" },
  "review-level-passed": { zh: "本级审核通过", en: "Passed at this level" },
  "review-rejected": { zh: "审核退回", en: "Review rejected" },
  "contact-attempt": { zh: "联系客户未成功", en: "Tried to contact the customer" },
  "callback-attempt": { zh: "回访未接通", en: "Callback not reached" },
  "waive-callback": { zh: "免回访", en: "Callback waived" },
  "child-merged": { zh: "并入子单", en: "An order was merged under it" },
  "child-released": { zh: "子单拆出", en: "A merged order was released" },
  rebind: { zh: "时限规则更新", en: "Rules updated" },
  step: { zh: "原系统环节", en: "Step elsewhere" },
  "close-elsewhere": { zh: "原系统办结", en: "Closed elsewhere" },
};

export const eventTitle = (flow: Flow, type: string): Bilingual =>
  eventTitles[type] ?? flow.actions[type]?.title ?? { zh: type, en: type };

export const slotTitle = (flow: Flow, slot: string): Bilingual =>
  flow.slots.find((one) => one.key === slot)?.title ?? { zh: slot, en: slot };

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

/** What an event is called: where its action gives it a name of its own, by that. */
export function eventTitle(flow: Flow, type: string): Bilingual {
  const outcomes = Object.values(flow.actions).flatMap((action) => action.outcomes);
  const named = outcomes.find((outcome) => outcome.type === type && outcome.title !== undefined)?.title;
  return named ?? eventTitles[type] ?? flow.actions[type]?.title ?? { zh: type, en: type };
}

/** What a clock is called, with the name of its subject where that is a code: the document that is missing. */
export function slotTitle(flow: Flow, slot: string, subject: string | null = null): Bilingual {
  const found = flow.slots.find((one) => one.key === slot);
  const title = found?.title ?? { zh: slot, en: slot };
  const name = subject === null ? undefined : found?.subjects?.[subject];
  return name ? { zh: `${title.zh}：${name.zh}`, en: `${title.en}: ${name.en}` } : title;
}

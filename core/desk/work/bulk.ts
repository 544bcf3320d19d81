// Which actions may be taken on many orders at once, and why the others may not.
import type { Bilingual } from "../../text.ts";

export type BulkRule = { readonly safe: boolean; readonly because: Bilingual };

const safe = (zh: string, en: string): BulkRule => ({ safe: true, because: { zh, en } });
const unsafe = (zh: string, en: string): BulkRule => ({ safe: false, because: { zh, en } });
const readEach = unsafe("每张工单的内容不同，须逐张阅读后决定", "Each order is different and must be read before it is decided");
const toldEach = unsafe("填写的是本单的事实，各单不同", "What is entered are the facts of this order; they differ");

/** By the action's name. What is not listed is not safe: nobody has judged it. */
export const bulkRules: Readonly<Record<string, BulkRule>> = {
  accept: safe("接单不改变处理结果，可再转派或退单", "Accepting decides nothing; the order can still be transferred or returned"),
  dispatch: safe("派至同一单位；派错可转派", "All go to one unit; what went wrong can be transferred"),
  transfer: safe("转至同一单位，原因相同；转错可再转", "All go to one unit for one reason; it can be undone by another transfer"),
  urge: safe("催办只提醒，不改变工单", "An urge reminds and changes nothing"),
  note: safe("备注只增加一条记录", "A note adds a line and changes nothing"),
  "review-reply": readEach,
  decide: readEach,
  arbitrate: readEach,
  archive: unsafe("归档结束工单，须逐张核对办结条件", "Archiving ends an order; its conditions are looked at one by one"),
  callback: unsafe("须逐户回访并记录客户的评价", "Each customer is called, and says what he says"),
  grade: readEach,
  return: unsafe("退单须说明本单的原因", "A return says why this order was sent wrongly"),
  reply: toldEach,
  arrive: toldEach,
  restore: toldEach,
  "finish-work": toldEach,
  "answer-consultation": readEach,
  "answer-urge": toldEach,
};

const notJudged = unsafe("该操作须逐张办理", "This is done one order at a time");
/** Whether an action may be taken on many orders at once. In: its name. */
export const bulkRule = (action: string): BulkRule => bulkRules[action] ?? notJudged;

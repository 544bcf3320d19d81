// The words an explanation is told in, Chinese and English.
import type { ExplainedSpan } from "./explain.ts";
import type { Authority, LimitKind } from "../types.ts";

export type Words = {
  readonly authority: Readonly<Record<Authority, string>>;
  readonly kind: Readonly<Record<LimitKind, string>>;
  readonly now: string;
  readonly endOpen: string;
  readonly given: string;
  readonly provisional: string;
  readonly unverified: string;
  readonly listed: string;
  limit(title: string, amount: string, authority: string, kind: string): string;
  starts(at: string): string;
  ends(at: string): string;
  /** In: when it stopped, what happened then, how it came out. */
  ended(at: string, by: string | null, verdict: string): string;
  extensionCounts(endWithout: string): string;
  /** The extension ends no later than the limit itself. */
  readonly extensionIdle: string;
  sum(amount: string, total: string): string;
  source(document: string): string;
  pack(pack: string, version: number): string;
  /** In: the holiday's name, and the names of the suspension's reasons. */
  reason(reason: ExplainedSpan["reason"], name: string | null, suspension: string): string;
};

const zh: Words = {
  authority: { law: "法规时限", promise: "承诺时限", internal: "内控时限" },
  kind: { max: "逐单判定", average: "平均值，对单张工单只是目标" },
  now: "至今",
  endOpen: "期满：挂起中，解挂后确定",
  given: "时限随工单给定",
  provisional: "暂定：该年度的放假安排尚未公布",
  unverified: "该数值尚未与原文核对",
  listed: "，",
  limit: (title, amount, authority, kind) => `${title}：${amount}（${authority}，${kind}）`,
  starts: (at) => `起算：${at}`,
  ends: (at) => `期满：${at}，恰在此刻完成仍为按时`,
  ended: (at, by, verdict) => `结束：${at}${by === null ? "" : `，${by}`}，${verdict}`,
  extensionCounts: (at) => `以批准的延期或约定的时间为准；否则期满于 ${at}`,
  extensionIdle: "批准的延期或约定的时间不晚于原时限，以原时限为准",
  sum: (amount, total) => `${amount}，累计 ${total}`,
  source: (document) => `依据：${document}`,
  pack: (pack, version) => `规则包 ${pack}，规则版本 ${version}`,
  reason(reason, name, suspension) {
    switch (reason) {
      case "counted":
        return "计入";
      case "make-up":
        return `调休上班${name === null ? "" : `（${name}）`}，计入`;
      case "first-day":
        return "开始的当日不计入（民法典第二百零一条）";
      case "after-hours":
        return "下班后受理，视为下一工作日";
      case "outside-hours":
        return "非工作时间，不计入";
      case "weekend":
        return "公休日，不计入";
      case "holiday":
        return `${name ?? "休息日"}，不计入`;
      case "suspended":
        return `挂起（${suspension}），不计入`;
      case "rolled-over":
        return "最后一日为休息日，顺延至次一工作日（民法典第二百零三条）";
      case "last-day":
        return "最后一日的剩余时间";
      case "extended":
        return "经批准或约定顺延";
      case "overdue":
        return "超过时限";
    }
  },
};

const en: Words = {
  authority: { law: "limit set by law", promise: "promised limit", internal: "internal limit" },
  kind: { max: "judges each order", average: "an average, for the single order only a target" },
  now: "now",
  endOpen: "Ends: suspended, the resumption decides",
  given: "The limit was given with the order",
  provisional: "Provisional: the holidays of that year have not been announced",
  unverified: "This figure has not been checked against the document",
  listed: ", ",
  limit: (title, amount, authority, kind) => `${title}: ${amount} (${authority}; ${kind})`,
  starts: (at) => `Starts: ${at}`,
  ends: (at) => `Ends: ${at}; done at that very instant is in time`,
  ended: (at, by, verdict) => `Ended: ${at}${by === null ? "" : `, ${by}`}: ${verdict}`,
  extensionCounts: (at) => `What was approved or agreed counts; without it: ${at}`,
  extensionIdle: "What was approved or agreed ends no later than the limit itself, which counts",
  sum: (amount, total) => `${amount}, ${total} so far`,
  source: (document) => `Source: ${document}`,
  pack: (pack, version) => `Rule pack ${pack}, rulebook version ${version}`,
  reason(reason, name, suspension) {
    switch (reason) {
      case "counted":
        return "counted";
      case "make-up":
        return `make-up working day${name === null ? "" : ` (${name})`}, counted`;
      case "first-day":
        return "first day, not counted (Civil Code art. 201)";
      case "after-hours":
        return "after the close of business, taken as of the next working day";
      case "outside-hours":
        return "outside opening hours, not counted";
      case "weekend":
        return "weekend, not counted";
      case "holiday":
        return `${name ?? "day off"}, not counted`;
      case "suspended":
        return `suspended (${suspension}), not counted`;
      case "rolled-over":
        return "the last day was a day off: moved to the next working day (Civil Code art. 203)";
      case "last-day":
        return "the rest of the last day";
      case "extended":
        return "extended by approval or agreement";
      case "overdue":
        return "past the limit";
    }
  },
};

export const words = { zh, en } as const;

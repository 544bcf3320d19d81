// Clocks to look at: one look for each state a chip can have, and one clock whose sum has every kind of span.
import type { ClockExplanation, ClockView } from "@bihuan/contract/work-order.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import type { ClockState } from "../ui/clock-shape.tsx";

type Look = { readonly state: ClockState; readonly means: Bilingual; readonly text: Bilingual; readonly usedShare: number };

const look = (state: ClockState, means: [string, string], text: [string, string], usedShare: number): Look => ({
  state,
  means: { zh: means[0], en: means[1] },
  text: { zh: text[0], en: text[1] },
  usedShare,
});

/** In the order of urgency; what has ended last. */
export const chips: readonly Look[] = [
  look("plenty", ["充裕", "plenty of time"], ["剩 1 天 3 小时", "1 d 3 h left"], 0.3),
  look("reminder", ["提醒", "reminder"], ["剩 5 小时", "5 h left"], 0.55),
  look("coordinate", ["协调", "coordinate"], ["剩 1 小时 20 分", "1 h 20 min left"], 0.82),
  look("red", ["红色", "red"], ["今日 17:30 到期", "due today 17:30"], 0.95),
  look("overdue", ["超时", "overdue"], ["超时 42 分", "42 min overdue"], 1),
  look("suspended", ["挂起", "suspended"], ["挂起：待客户施工", "suspended: customer's own works"], 0.4),
  look("met", ["按时办结", "met"], ["按时 提前 3 小时", "on time, 3 h early"], 1),
  look("missed", ["超时办结", "missed"], ["超时 2 天", "2 d late"], 1),
  look("superseded", ["不再适用", "superseded"], ["不再适用", "no longer applies"], 1),
  look("lapsed", ["未发生", "lapsed"], ["未到现场即回单（不计）", "replied without going there (not counted)"], 1),
];

const hour = 3_600_000;
const iso = (atMs: number): string => new Date(atMs).toISOString();

export const sampleClock = (nowMs: number): ClockView => ({
  episode: 1,
  slot: "answer",
  title: { zh: "答复客户", en: "Answer to the customer" },
  authority: "promise",
  round: 1,
  subject: null,
  rule: { key: "complaint.answer", pack: "state-grid-2022", rulebookVersion: 3 },
  limitKind: "max",
  amount: 5,
  unit: "workingDay",
  startedAt: iso(nowMs - 60 * hour),
  dueAt: iso(nowMs + 40 * hour),
  dueBeforeExtensionAt: null,
  status: "running",
  lapse: null,
  stoppedAt: null,
  pauses: [],
  provisional: true,
  points: [],
});

type Span = ClockExplanation["spans"][number];

export function sampleExplanation(nowMs: number): ClockExplanation {
  let atMs = nowMs - 60 * hour;
  const span = (hours: number, counted: boolean, reason: string, zh: string, en: string): Span => {
    const from = iso(atMs);
    atMs += hours * hour;
    const unit = { unitId: 1, name: "城东供电所" };
    return { from, to: iso(atMs), counted, reason, text: { zh, en }, amount: counted ? 1 : 0, unit: counted ? unit : null };
  };
  const lines = {
    zh: ["自受理次日起算，节假日顺延。", "挂起期间不计。"],
    en: ["Counted from the day after intake; days off are passed over.", "Suspended time is not counted."],
  };
  return {
    episode: 1,
    slot: "answer",
    authority: "promise",
    round: 1,
    subject: null,
    spans: [
      span(14, false, "outside-hours", "非工作时间", "outside working hours"),
      span(24, true, "counted", "工作日", "working day"),
      span(12, false, "suspended", "挂起：待客户施工", "suspended: customer's own works"),
      span(24, true, "counted", "工作日", "working day"),
      span(18, false, "holiday", "端午节", "Dragon Boat Festival"),
      span(8, true, "counted", "工作日", "working day"),
    ],
    ended: null,
    source: {
      document: { zh: "供电服务“十项承诺”", en: "Ten service promises" },
      article: { zh: "第九条", en: "article 9" },
      edition: "2022",
      verified: false,
      note: null,
    },
    lines,
  };
}

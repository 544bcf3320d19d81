// The progress of an open order as an agent reads it aloud: who has it, what is being done, by when. No name of a person, no internal
// limit: what is told is a promise.
import { DAY_MS } from "../../calendar/civil-date.ts";
import { toLocalMs, type Zone } from "../../calendar/zone.ts";
import { localInstant } from "../../clock/duration-text.ts";
import { type Clock, judgingAuthorities } from "../../clock/types.ts";
import type { Bilingual } from "../../text.ts";

export type OrderProgress = {
  readonly flow: string;
  readonly flowTitle: Bilingual;
  readonly step: string | null;
  readonly stepTitle: Bilingual;
  /** The unit that has it now, and the one that was last asked to handle it. */
  readonly unit: string;
  readonly handlingUnit: string | null;
  readonly takenInAtMs: number;
  /** Named by its title where it stands still for a while. */
  readonly suspension: { readonly reason: Bilingual; readonly untilMs: number } | null;
  readonly clocks: readonly Clock[];
};

type Told = Bilingual;
const say = (zh: string, en: string): Told => ({ zh, en });

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** An instant as it is said: 今天14:30, 3月20日14:30; today at 14:30, on 20 March at 14:30. */
export function spokenInstant(zone: Zone, atMs: number, nowMs: number): Bilingual {
  const { date, time } = localInstant(zone, atMs);
  const day = (ms: number) => Math.floor(toLocalMs(zone, ms) / DAY_MS);
  const ahead = day(atMs) - day(nowMs);
  if (ahead === 0) return say(`今天${time}`, `today at ${time}`);
  if (ahead === 1) return say(`明天${time}`, `tomorrow at ${time}`);
  if (ahead === -1) return say(`昨天${time}`, `yesterday at ${time}`);
  const [year, month, dayOfMonth] = date.split("-").map(Number) as [number, number, number];
  const otherYear = localInstant(zone, nowMs).date.slice(0, 4) !== String(year);
  return say(
    `${otherYear ? `${year}年` : ""}${month}月${dayOfMonth}日${time}`,
    `on ${dayOfMonth} ${months[month - 1]}${otherYear ? ` ${year}` : ""} at ${time}`,
  );
}

const steps: Readonly<Record<string, (order: OrderProgress) => Told>> = {
  grading: () => say("正在安排处理单位", "is being assigned to a unit"),
  dispatching: () => say("正在安排处理单位", "is being assigned to a unit"),
  accepting: ({ unit }) => say(`已派往${unit}，正等待其接单`, `has been sent to ${unit}, which is about to take it on`),
  arbitrating: () => say("正由上级单位确定由谁办理", "is with the level above, which decides who handles it"),
  merged: ({ handlingUnit, unit }) =>
    say(
      `与同一原因的其他诉求一并处理，由${handlingUnit ?? unit}负责`,
      `is handled together with others of the same cause by ${handlingUnit ?? unit}`,
    ),
  travelling: ({ unit }) => say(`${unit}的抢修人员正在赶往现场`, `is with ${unit}, whose crew is on its way`),
  repairing: ({ unit }) => say(`${unit}的抢修人员已到现场，正在抢修`, `is with ${unit}, whose crew is on site and repairing`),
  "on-site": ({ unit }) => say(`${unit}的工作人员已在现场处理`, `is with ${unit}, whose staff are on site`),
  handling: ({ unit }) => say(`${unit}正在办理`, `is being handled by ${unit}`),
  replying: ({ flow, unit }) =>
    flow === "fault-repair"
      ? say(`供电已恢复，${unit}正在登记处理结果`, `is done: supply is restored, and ${unit} is reporting the result`)
      : say(`现场工作已完成，${unit}正在登记处理结果`, `is done on site, and ${unit} is reporting the result`),
  reviewing: ({ handlingUnit, unit }) =>
    say(
      `${handlingUnit ?? unit}已回复处理结果，正在审核`,
      `has been answered by ${handlingUnit ?? unit}; the answer is under review`,
    ),
  callback: () => say("已处理完毕，我们会打电话向您核实结果", "is done; we will call you to make sure of it"),
  archiving: () => say("已处理完毕并已向您核实，正在归档", "is done and confirmed with you; it is being filed"),
  "customer-works": () =>
    say("正等您这边的工程完工，完工后请告诉我们", "waits for your own works; please tell us once they are done"),
};

const stepOf = (order: OrderProgress): Told =>
  steps[order.step ?? ""]?.(order) ??
  say(`正在${order.stepTitle.zh}环节，由${order.unit}办理`, `is at the step “${order.stepTitle.en}”, with ${order.unit}`);

// What is promised to happen, as a verb the customer understands.
const deeds: Readonly<Record<string, Told>> = {
  arrival: say("到达现场", "a crew will be there"),
  "on-site": say("到达现场", "somebody will be there"),
  restoration: say("恢复供电", "supply will be restored"),
  answer: say("答复您", "you will have an answer"),
  "first-contact": say("与您联系", "we will contact you"),
  handling: say("办理完毕", "it will be done"),
  work: say("办理完毕", "it will be done"),
  callback: say("回访您", "we will call you back"),
};
const titled = (title: Bilingual): Told => say(`完成${title.zh}`, `“${title.en}” will be done`);

/**
 * Writes the sentences. In: the order, what its clocks are called, the zone and the instant it is told. Out: in both languages, as
 * they are to be read aloud. The next limit that law or promise sets is told; one that has passed is owned up to.
 */
export function progressText(order: OrderProgress, titleOf: (slot: string) => Bilingual, zone: Zone, nowMs: number): Bilingual {
  const began = spokenInstant(zone, order.takenInAtMs, nowMs);
  const head = say(`您${began.zh}提出的${order.flowTitle.zh}`, `Your matter “${order.flowTitle.en}”, taken in ${began.en},`);
  if (order.suspension) {
    const { reason, untilMs } = order.suspension;
    const until = spokenInstant(zone, untilMs, nowMs);
    return say(
      `${head.zh}，因${reason.zh}暂缓办理，由${order.unit}负责，预计${until.zh}继续。`,
      `${head.en} stands still for now (${reason.en.toLowerCase()}). ${order.unit} has it and expects to go on ${until.en}.`,
    );
  }
  const what = stepOf(order);
  const next = nextPromise(order.clocks);
  if (!next)
    return say(`${head.zh}，${what.zh}。有进展我们会联系您。`, `${head.en} ${what.en}. We will be in touch when there is news.`);
  const deed = deeds[next.slot] ?? titled(titleOf(next.slot));
  const due = spokenInstant(zone, next.dueAtMs, nowMs);
  return next.dueAtMs >= nowMs
    ? say(
        `${head.zh}，${what.zh}，最迟${due.zh}前${deed.zh}。`,
        `${head.en} ${what.en}. ${sentence(deed.en)} ${due.en} at the latest.`,
      )
    : say(
        `${head.zh}，${what.zh}。原定${due.zh}前${deed.zh}，现已超过，非常抱歉，我们会为您催办。`,
        `${head.en} ${what.en}. By our promise ${deed.en} ${due.en}; that has passed, we apologise and will urge it.`,
      );
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function nextPromise(clocks: readonly Clock[]): { readonly slot: string; readonly dueAtMs: number } | null {
  const told = clocks.flatMap(({ slot, status, limitKind, authority, dueAtMs }) =>
    status === "running" &&
    limitKind === "max" &&
    dueAtMs !== null &&
    (judgingAuthorities as readonly string[]).includes(authority)
      ? [{ slot, dueAtMs }]
      : [],
  );
  return told.sort((a, b) => a.dueAtMs - b.dueAtMs)[0] ?? null;
}

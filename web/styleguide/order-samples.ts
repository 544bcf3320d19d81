// The story of a repair that is under way, and an article that helps with it.
import type { EventView, OrderView } from "@bihuan/contract/work-order.ts";
import type { ArticleContent } from "@bihuan/core/knowledge/article.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";

const both = (zh: string, en: string): Bilingual => ({ zh, en });
const minute = 60_000;
const station = { unitId: 2, name: "南庄供电所" };
const crew = { unitId: 3, name: "南庄抢修班" };
const people = {
  agent: { kind: "staff", id: 1, name: "王敏" },
  handler: { kind: "staff", id: 2, name: "赵刚" },
} as const;

type Told = Pick<EventView, "type" | "title" | "step" | "actor"> & {
  readonly agoMinutes: number;
  readonly data?: EventView["data"];
  readonly personal?: EventView["personal"];
};

const story: readonly Told[] = [
  {
    type: "intake",
    title: both("受理", "Taken in"),
    step: "dispatching",
    actor: people.agent,
    agoMinutes: 96,
    data: { facts: { areaClass: "RURAL" } },
    personal: { address: "南庄镇柳堤村 12 号" },
  },
  { type: "dispatch", title: both("派单", "Dispatched"), step: "accepting", actor: people.agent, agoMinutes: 95 },
  { type: "accept", title: both("接单", "Accepted"), step: "travelling", actor: people.handler, agoMinutes: 92 },
  {
    type: "arrive",
    title: both("到达", "Arrived"),
    step: "repairing",
    actor: people.handler,
    agoMinutes: 41,
    personal: { note: "跌落保险掉了一相" },
  },
  {
    type: "urge",
    title: both("催办", "Urged"),
    step: "repairing",
    actor: people.agent,
    agoMinutes: 12,
    data: { by: "CUSTOMER" },
    personal: { note: "客户再次来电，家中有呼吸机" },
  },
];

/** In: now, epoch ms; the story ends a few minutes before it. */
export function sampleEvents(nowMs: number): EventView[] {
  return story.map(({ agoMinutes, data = {}, personal = null, ...told }, at) => ({
    ...told,
    seq: at + 1,
    at: new Date(nowMs - agoMinutes * minute).toISOString(),
    actingUnit: told.actor === people.agent ? null : crew,
    unit: told.step === "dispatching" ? station : crew,
    episode: 1,
    data,
    personal,
    hash: String(at + 1).repeat(64),
  }));
}

/** Late on its way, in time since. */
export const sampleStrip = (
  nowMs: number,
): Pick<OrderView, "events" | "episode" | "step"> & {
  clocks: Pick<OrderView["clocks"][number], "limitKind" | "status" | "dueAt" | "stoppedAt" | "episode">[];
} => ({
  events: sampleEvents(nowMs),
  episode: 1,
  step: "repairing",
  clocks: [
    {
      limitKind: "max",
      status: "missed",
      episode: 1,
      dueAt: new Date(nowMs - 60 * minute).toISOString(),
      stoppedAt: new Date(nowMs - 41 * minute).toISOString(),
    },
  ],
});

export const sampleArticle: ArticleContent = {
  title: both("低压线路断电", "No supply on a low-voltage line"),
  keywords: [],
  answer: both(
    "您好，抢修人员已经出发，请不要靠近落地的导线。",
    "The crew is on its way. Please keep away from any wire on the ground.",
  ),
  asks: [both("邻居家有电吗？", "Do the neighbours have power?")],
  steps: [
    {
      what: both("验电、挂接地线", "Test for voltage, earth the line"),
      how: null,
      byWhen: both("到达后 10 分钟", "10 min after arrival"),
    },
    {
      what: both("更换熔断器", "Replace the fuse"),
      how: both("先查明烧断的原因，再合闸。", "Find out why it blew before closing it."),
      byWhen: null,
    },
  ],
  causes: [
    {
      cause: both("跌落保险熔断", "A drop-out fuse has blown"),
      check: both("熔管落下", "Its tube hangs down"),
      remedy: both("更换同规格熔丝", "Fit a fuse link of the same rating"),
    },
  ],
  source: null,
};

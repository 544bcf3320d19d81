// Orders in every state a list can show, made through the public API with the clock moved between.
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import type { Api } from "./api.ts";
import type { Product } from "./harness.ts";
import type { World } from "./world.ts";

export type Work = Readonly<Record<"repairing" | "archived" | "suspended" | "complaint" | "overdue", string>>;

type Demand = {
  flow: string;
  subtype?: string;
  title: string;
  form?: Record<string, unknown>;
  details?: Record<string, unknown>;
};

let acts = 0;
const key = (): string => `work-${++acts}`;

/** Takes a demand in at the desk. Out: the order's number. */
export async function takeIn(world: World, { flow, subtype, title, form, details }: Demand): Promise<string> {
  const body = {
    flow,
    subtype: subtype ?? null,
    deskUnitId: world.units.desk,
    form: { origin: "HOTLINE_95598", areaClass: "RURAL", title, ...form },
    details: details ?? {},
  };
  return (await world.as.agent.call(workOrderOperations.takeIn, { body, idempotencyKey: key() })).orderId;
}

/** Does one thing to an order, on the version it has now. */
export async function act(api: Api, orderId: string, action: string, form: Record<string, unknown> = {}): Promise<void> {
  const { version } = await api.call(workOrderOperations.readOrder, { params: { orderId } });
  await api.call(workOrderOperations.act, { params: { orderId, action }, body: { version, form }, idempotencyKey: key() });
}

const minute = 60_000;
const hour = 60 * minute;

export async function fillWithWork(product: Product, world: World): Promise<Work> {
  const { agent, handler, verifier, manager } = world.as;
  const { time } = product;
  const iso = (beforeMs = 0): string => new Date(time.nowMs() - beforeMs).toISOString();
  const resident = {
    customerId: world.customers.resident,
    accountNo: "3201004471",
    contactName: "陈建国",
    contactPhone: "13805145678",
    address: "南庄镇柳堤村 12 号",
    transformerArea: "NZ3",
  };

  // Monday: a repair done in time and called back.
  const archived = await takeIn(world, {
    flow: "fault-repair",
    title: "整户停电，空开未跳",
    form: { ...resident, targetUnitId: world.units.ruralCrew, description: "早上八点多突然没电，邻居家有电。" },
  });
  time.advanceMs(1 * minute);
  await act(agent, archived, "dispatch", { unitId: world.units.ruralCrew });
  time.advanceMs(2 * minute);
  await act(handler, archived, "accept");
  time.advanceMs(31 * minute);
  await act(handler, archived, "arrive", { arrivedAt: iso() });
  time.advanceMs(52 * minute);
  await act(handler, archived, "restore", { restoredAt: iso(), kind: "LV_FAULT", work: "更换烧损的低压熔断器" });
  time.advanceMs(4 * minute);
  await act(handler, archived, "reply", {
    contacted: true,
    contactedAt: iso(40 * minute),
    responsibleUnitId: world.units.rural,
    cause: "EQUIPMENT",
    facts: "表箱进线熔断器烧断",
    causeText: "熔断器老化，接触不良",
    measures: "更换熔断器，紧固接线端子",
  });
  time.advanceMs(15 * minute);
  await act(verifier, archived, "review-reply", { approved: true });
  time.advanceMs(3 * hour);
  await act(verifier, archived, "callback", { result: "REACHED", satisfaction: "SATISFIED", opinion: "来得很快" });

  // A complaint under way since Monday, timed in working days over a weekend.
  time.moveTo("2026-06-11T16:20:00+08:00");
  const complaint = await takeIn(world, {
    flow: "complaint",
    subtype: "SERVICE",
    title: "营业厅排队两小时无人解释",
    form: {
      areaClass: "URBAN",
      contactName: "李女士",
      contactPhone: "13812340001",
      targetUnitId: world.units.urban,
      urgency: "URGENT",
    },
  });
  await act(agent, complaint, "grade", { grade: "IMPORTANT" });
  time.advanceMs(6 * minute);
  await act(agent, complaint, "dispatch", { unitId: world.units.urban });

  // A request that waits for the customer's own works.
  const suspended = await takeIn(world, {
    flow: "fault-repair",
    title: "表后线烧断需客户更换",
    form: { ...resident, areaClass: "RURAL" },
  });
  time.advanceMs(1 * minute);
  await act(agent, suspended, "dispatch", { unitId: world.units.ruralCrew });
  await act(handler, suspended, "accept");
  time.advanceMs(30 * minute);
  await act(handler, suspended, "arrive", { arrivedAt: iso() });
  await act(handler, suspended, "request-suspension", {
    reason: "CUSTOMER_WORKS",
    until: new Date(time.nowMs() + 48 * hour).toISOString(),
    note: "客户自行联系电工更换表后线",
  });
  const { requests } = await manager.call(workOrderOperations.readOrder, { params: { orderId: suspended } });
  await act(manager, suspended, "decide", { requestSeq: requests[0]?.seq, approved: true });

  // Friday: some just taken in, one urged and overdue, one being repaired.
  time.moveTo("2026-06-12T08:31:00+08:00");
  const overdue = await takeIn(world, {
    flow: "fault-repair",
    title: "配变异响，半个村没电",
    form: { ...resident, urgency: "URGENT", targetUnitId: world.units.ruralCrew, description: "变压器嗡嗡响，还有焦味。" },
    details: { scope: "MANY", danger: true },
  });
  time.advanceMs(1 * minute);
  await act(agent, overdue, "dispatch", { unitId: world.units.ruralCrew });
  time.advanceMs(70 * minute);
  const titles: readonly (readonly [string, string, string?])[] = [
    ["fault-repair", "楼道照明不亮"],
    ["inquiry", "分时电价怎么申请"],
    ["opinion", "抄表通知单太晚"],
    ["suggestion", "希望增加充电桩", "EV_CHARGING"],
    ["praise", "感谢抢修师傅"],
    ["fault-repair", "电压不稳灯光闪烁"],
    ["whistleblow", "反映有人私拉电线"],
    ["inquiry", "更名需要哪些材料"],
    ["opinion", "营业厅指示牌不清楚"],
    ["fault-repair", "雷雨后跳闸合不上"],
    ["suggestion", "短信提前通知停电", "OUTAGE"],
    ["fault-repair", "电表箱门脱落"],
  ];
  for (const [flow, title, subtype] of titles) {
    await takeIn(world, {
      flow,
      title,
      ...(subtype ? { subtype } : {}),
      form: {
        contactName: "张先生",
        contactPhone: "13800001111",
        address: "城东区建设路 21 号",
        areaClass: "URBAN",
        ...(flow === "whistleblow" ? { identity: "CONFIDENTIAL" } : {}),
      },
    });
    time.advanceMs(2 * minute);
  }
  const repairing = await takeIn(world, {
    flow: "fault-repair",
    title: "全村停电，跌落保险掉了一相",
    form: { ...resident, targetUnitId: world.units.ruralCrew, description: "从九点开始停电，线路上一个熔断器掉下来了。" },
    details: { scope: "MANY" },
  });
  time.advanceMs(1 * minute);
  await act(agent, repairing, "dispatch", { unitId: world.units.ruralCrew, note: "生命支持客户，请优先" });
  time.advanceMs(2 * minute);
  await act(handler, repairing, "accept");
  time.advanceMs(48 * minute);
  await act(handler, repairing, "arrive", { arrivedAt: iso() });
  time.advanceMs(9 * minute);
  await act(agent, repairing, "urge", { by: "CUSTOMER", note: "客户再次来电，家中有呼吸机" });
  return { repairing, archived, suspended, complaint, overdue };
}

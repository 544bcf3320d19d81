// Connections in every state the tracking table can show, made through the public API with the clock moved between.
import type { Product } from "./harness.ts";
import { act, takeIn } from "./work.ts";
import type { World } from "./world.ts";

export type Connections = Readonly<Record<"planning" | "building" | "inspecting" | "energised", string>>;

const DAY = 86_400_000;

export async function fillWithConnections(product: Product, world: World): Promise<Connections> {
  const { agent, handler, verifier } = world.as;
  const { time } = product;
  const iso = (): string => new Date(time.nowMs()).toISOString();
  const apply = async (flow: string, title: string, details: Record<string, unknown> = {}, subtype = "NEW") => {
    const form = { origin: "BUSINESS_HALL", contactName: "孙经理", contactPhone: "13951230000", address: "城东区工业路 8 号" };
    const orderId = await takeIn(world, { flow: `connection-${flow}`, subtype, title, form, details });
    time.advanceMs(20 * 60_000);
    await act(agent, orderId, "dispatch", { unitId: world.units.rural });
    await act(handler, orderId, "accept");
    return orderId;
  };
  const plan = async (orderId: string, form: Record<string, unknown> = {}) => {
    await act(handler, orderId, "survey", { surveyedAt: iso(), findings: "现场具备供电条件" });
    await act(handler, orderId, "reply-plan", { plan: "由 10 千伏工业一线接入，专变 630 千伏安", ...form });
  };
  const sign = (orderId: string) => act(agent, orderId, "sign-contract", { signedAt: iso(), contractNo: "NJ-2026-0518" });

  time.moveTo("2026-05-18T09:00:00+08:00"); // a Monday, three weeks before the other work begins
  const planning = await apply("hv-dual", "南江数据中心双电源报装", {
    load: "IMPORTANT",
    missing: ["PROPERTY", "SITE_PLAN"],
    capacityKva: 5000,
    wantedOn: "2026-10-30",
    customerWorksDays: 60,
  });
  const building = await apply("hv-single", "城东冷链物流园专变报装", {
    capacityKva: 630,
    wantedOn: "2026-07-20",
    customerWorksDays: 30,
  });
  const inspecting = await apply("hv-single", "第二人民医院新院区报装", {
    load: "IMPORTANT",
    capacityKva: 1250,
    wantedOn: "2026-06-30",
  });
  const energised = await apply("resident", "柳堤村 15 号新装");
  await apply("charging", "小区地库 B12 充电桩", { missing: ["MANAGEMENT_CONSENT"] }, "RESIDENT");
  const shop = await apply("low-voltage", "建设路便利店新装");
  await plan(energised, { plan: "低压 220 伏", works: "NONE" });
  await sign(energised);
  await act(handler, energised, "install-meter", { installedAt: iso(), meterNo: "3340001" });
  await act(handler, energised, "energise", { energisedAt: iso() });
  await act(handler, energised, "reply", {
    contacted: false,
    responsibleUnitId: world.units.rural,
    cause: "NO_FAULT",
    facts: "已装表送电",
    causeText: "无",
    measures: "资料归档",
  });
  await act(verifier, energised, "review-reply", { approved: true });
  await act(verifier, energised, "callback", { result: "REACHED", satisfaction: "SATISFIED" });

  time.advanceMs(3 * DAY);
  await plan(building);
  await plan(inspecting);
  await plan(shop, { plan: "低压 380 伏", works: "UTILITY" });
  await sign(inspecting);
  time.advanceMs(4 * DAY);
  await act(agent, inspecting, "submit-design");
  await act(handler, inspecting, "review-design", { passed: true });
  await act(agent, inspecting, "request-mid-inspection");
  await act(handler, inspecting, "inspect-midway", { stage: "CONCEALED", passed: true });
  await act(agent, building, "follow-up", { progress: "变压器基础已浇筑", expectedOn: "2026-06-20" });
  await act(agent, inspecting, "report-completion");
  await act(handler, inspecting, "inspect", { stage: "DOCUMENTS", passed: true });
  await act(handler, inspecting, "inspect", {
    stage: "SECONDARY",
    passed: false,
    kinds: ["PROTECTION"],
    findings: "过流保护定值与定值单不符；联锁未试验",
  });
  time.advanceMs(DAY);
  await act(agent, inspecting, "report-completion");
  time.advanceMs(7 * DAY);
  await apply("generation", "柳堤村屋顶光伏 20 千瓦", { capacityKva: 20, missing: ["ROOF_RIGHT"] }, "NATURAL_PERSON");
  await apply("resident", "柳堤村 18 号新装");
  return { planning, building, inspecting, energised };
}

// Connections as far as a test needs them.
import { type Person, people, type Play, takeIn, units } from "../../flow/testing/world.ts";

export const { agent, dispatcher, handler, reviewer, verifier, manager } = people;
export const DAY = 86_400_000;
export const START = "2026-03-02T02:00:00Z"; // Monday 10:00 in Shanghai

const iso = (atMs: number) => new Date(atMs).toISOString();
const lastOf = (order: Play) => order.events.at(-1)?.atMs ?? 0;

/** An application, accepted by the station that will handle it. */
export const surveying = (flow: string, { details = {}, form = {}, subtype = "NEW" } = {}): Play =>
  takeIn(flow, { subtype, details, form: { title: "报装申请", origin: "BUSINESS_HALL", ...form }, at: START })
    .act(dispatcher, "dispatch", { unitId: units.station })
    .act(handler, "accept");

/** An action days after the last one. */
export const later = (order: Play, days: number, person: Person, action: string, form: object = {}): Play =>
  order.act(person, action, form, lastOf(order) + days * DAY);

export const planned = (flow: string, asked: Parameters<typeof surveying>[1] = {}, plan: object = {}): Play => {
  const order = surveying(flow, asked);
  return order
    .act(handler, "survey", { surveyedAt: iso(lastOf(order)), findings: "具备供电条件" })
    .act(handler, "reply-plan", { plan: "10 千伏单电源", ...plan });
};

export const signed = (order: Play): Play =>
  order.act(agent, "sign-contract", { signedAt: iso(lastOf(order)), contractNo: "GD-1" });

export const stages = ["DOCUMENTS", "PRIMARY", "SECONDARY", "METERING"];
export const passed = (order: Play, which: readonly string[] = stages): Play =>
  which.reduce((play, stage) => play.act(handler, "inspect", { stage, passed: true }), order);

export const energised = (order: Play): Play =>
  order
    .act(handler, "install-meter", { installedAt: iso(lastOf(order)), meterNo: "E-1" })
    .act(handler, "energise", { energisedAt: iso(lastOf(order)) });

export const replyForm = {
  contacted: false,
  responsibleUnitId: units.station,
  cause: "NO_FAULT",
  facts: "已送电",
  causeText: "无",
  measures: "资料归档",
};

/** From energised to archived. */
export const filed = (order: Play): Play =>
  order
    .act(handler, "reply", replyForm)
    .act(reviewer, "review-reply", { approved: true })
    .act(verifier, "callback", { result: "REACHED", satisfaction: "SATISFIED" });

const onward: Readonly<Record<string, (order: Play) => Play>> = {
  surveying: (order) => order.act(handler, "survey", { surveyedAt: iso(lastOf(order)), findings: "具备供电条件" }),
  planning: (order) => order.act(handler, "reply-plan", { plan: "方案", ...(asksWorks(order) ? { works: "NONE" } : {}) }),
  "customer-works": (order) => order.act(agent, "report-completion"),
  "completion-inspection": (order) =>
    order.state.flow.startsWith("connection-hv") ? passed(order) : order.act(handler, "inspect", { passed: true }),
  formalities: signed,
  metering: energised,
};
const asksWorks = ({ state }: Play): boolean =>
  ["connection-resident", "connection-low-voltage", "connection-charging"].includes(state.flow);

/** An ordinary customer's connection from wherever it stands until its file is complete. */
export function broughtToFile(order: Play): Play {
  const step = onward[order.state.step ?? ""];
  return step ? broughtToFile(step(order)) : order;
}

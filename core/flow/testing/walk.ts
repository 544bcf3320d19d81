// Random walks through a flow: at each step somebody does something he may do, with a form that is in order or not.
import * as fc from "fast-check";
import { flows } from "../../flows.ts";
import { isRefusal } from "../../refusal.ts";
import { allowedActions, decide } from "../engine.ts";
import type { OrderEvent } from "../event.ts";
import { foldOrder, type OrderState } from "../state.ts";
import { contextFor, integration, number, type Person, people, takeIn, units } from "./world.ts";

export const persons: readonly Person[] = [...Object.values(people), integration];
const day = 86_400_000;

const goesThere = (state: OrderState): boolean =>
  Object.hasOwn(flows.get(state.flow).actions["reply"]?.asked?.(state).form.shape ?? {}, "notOnSite");

/** A form for an action that is usually in order; `dice` (0 to 999) varies it. */
export function formFor(action: string, state: OrderState, nowMs: number, dice: number): Record<string, unknown> {
  const iso = (atMs: number) => new Date(atMs).toISOString();
  const unit = [units.station, units.otherStation, units.crew, 99][dice % 10 === 0 ? 3 : dice % 3];
  switch (action) {
    case "dispatch":
      return { unitId: unit };
    case "transfer":
      return { unitId: unit, reason: "调整" };
    case "arbitrate":
      return { unitId: unit, ruling: "由其办理" };
    case "return":
      return { reason: "WRONG_UNIT", note: "不属本所" };
    case "grade":
      return { grade: ["SPECIAL", "MAJOR", "IMPORTANT", "GENERAL"][dice % 4] };
    case "arrive":
      return { arrivedAt: iso(nowMs) };
    case "restore":
      return { restoredAt: iso(nowMs), kind: "LV_FAULT", work: "修复" };
    case "finish-work":
      return { finishedAt: iso(nowMs), work: "办结" };
    case "answer-on-call":
    case "answer-consultation":
    case "answer-urge":
      return { answer: "答复" };
    case "contact":
      return { contactedAt: iso(nowMs - (dice % 2 ? 0 : -day)), channel: "PHONE", reached: true };
    case "reply":
      return {
        contacted: false,
        responsibleUnitId: units.station,
        cause: "EQUIPMENT",
        facts: "事实",
        causeText: "原因",
        measures: "措施",
        ...(goesThere(state) ? { notOnSite: "GUIDED_BY_PHONE" } : {}),
      };
    case "review-reply":
      return dice % 3 === 0 ? { approved: false, opinion: "补充" } : { approved: true };
    case "callback":
      return dice % 4 === 0
        ? { result: "NOT_REACHED" }
        : dice % 7 === 0
          ? { result: "DECLINED" }
          : { result: "REACHED", satisfaction: ["SATISFIED", "BASICALLY", "DISSATISFIED"][dice % 3] };
    case "consult":
      return { unitIds: [unit], question: "请协助" };
    case "urge":
      return { by: "CUSTOMER" };
    case "request-suspension":
      return { reason: dice % 2 ? "CUSTOMER_WORKS" : "MATERIAL", until: iso(nowMs + (dice % 5) * day), note: "说明" };
    case "request-extension":
      return { dueAt: iso(nowMs + 3 * day), reason: "说明" };
    case "request-reclassification": {
      const target = flows.all[dice % flows.all.length];
      const subtype = Object.keys(target?.subtypes ?? {})[0];
      return { flow: target?.id, ...(subtype ? { subtype } : {}), reason: "说明" };
    }
    case "request-termination":
      return { reason: "LAWFULLY_HANDLED", note: "说明" };
    case "decide":
      return { requestSeq: state.requests[dice % Math.max(1, state.requests.length)]?.seq ?? 1, approved: dice % 4 !== 0 };
    case "note":
      return { note: "备注" };
    case "withdraw":
      return { confirmed: true, reason: "客户撤回" };
    case "reopen":
      return { reason: "CUSTOMER_AGAIN", note: "再次反映" };
    case "appoint":
      return { agreedAt: iso(nowMs + (dice % 4) * day) };
    case "survey":
      return { surveyedAt: iso(nowMs), findings: "具备条件" };
    case "reply-plan":
      return {
        plan: "方案",
        ...worksOf(state, dice),
        ...(state.flow.startsWith("connection-hv") ? { feeDue: dice % 2 === 0 } : {}),
      };
    case "settle-fee":
      return { amountYuan: 100, receipt: "R1" };
    case "follow-up":
      return { progress: "施工中" };
    case "review-design":
      return inspected(dice);
    case "inspect-midway":
      return { stage: ["CONCEALED", "CABLE"][dice % 2], ...inspected(dice) };
    case "inspect": {
      const stage = ["DOCUMENTS", "PRIMARY", "SECONDARY", "METERING"][dice % 4];
      return { ...(state.flow.startsWith("connection-hv") ? { stage } : {}), ...inspected(Math.floor(dice / 4)) };
    }
    case "sign-contract":
      return { signedAt: iso(nowMs), contractNo: "H1" };
    case "supply-documents":
      return { documents: state.missing.slice(0, 1) };
    case "install-meter":
      return { installedAt: iso(nowMs), meterNo: "M1" };
    case "energise":
      return { energisedAt: iso(nowMs) };
    default:
      return {};
  }
}

const inspected = (dice: number) =>
  dice % 4 === 0 ? { passed: false, findings: "整改" } : { passed: true, rectified: dice % 5 !== 0 };
const worksOf = (state: OrderState, dice: number) =>
  state.flow === "connection-resident"
    ? { works: ["NONE", "UTILITY"][dice % 2] }
    : state.flow === "connection-low-voltage" || state.flow === "connection-charging"
      ? { works: ["NONE", "UTILITY", "CUSTOMER"][dice % 3] }
      : {};

/** One move of a walk: which of all that anybody may do, how long after the last event, and chance for the form. */
export type Move = { readonly choice: number; readonly afterMinutes: number; readonly dice: number };
export const moveArbitrary: fc.Arbitrary<Move> = fc.record({
  choice: fc.nat(9999),
  afterMinutes: fc.oneof(fc.nat(90), fc.nat(3000)),
  dice: fc.nat(999),
});
/** Long walks: short ones seldom leave the first steps. */
export const movesArbitrary: fc.Arbitrary<Move[]> = fc.array(moveArbitrary, { minLength: 15, maxLength: 60, size: "max" });

export const flowArbitrary = fc.constantFrom(...flows.all.filter((flow) => !flow.closedElsewhere).map((flow) => flow.id));

/** Walks from intake. `visit` sees the history after every event batch. Out: the whole history. */
export function walk(
  flowId: string,
  moves: readonly Move[],
  visit: (events: readonly OrderEvent[]) => void = () => undefined,
): readonly OrderEvent[] {
  const flow = flows.get(flowId);
  const details = flowId.startsWith("connection-") ? { missing: ["PROPERTY", "AUTHORISATION"] } : {};
  let events = takeIn(flowId, { subtype: Object.keys(flow.subtypes)[0] ?? null, details }).events;
  visit(events);
  for (const move of moves) {
    const state = foldOrder(events);
    const last = events.at(-1) as OrderEvent;
    const nowMs = last.atMs + move.afterMinutes * 60_000;
    const offers = persons.flatMap((person) => {
      const context = contextFor(person, nowMs);
      return allowedActions(flows.get(state.flow), state, context).map((action) => ({ person, action, context }));
    });
    // What moves the order on is chosen two times in three, so that walks get somewhere.
    const onward = offers.filter(({ action }) => action.tone === "primary");
    const from = onward.length > 0 && move.choice % 3 !== 0 ? onward : offers;
    const offer = from[Math.floor(move.choice / 3) % Math.max(1, from.length)];
    if (!offer) continue;
    const { person, action, context } = offer;
    const decided = decide(flows.get(state.flow), state, action.key, formFor(action.key, state, nowMs, move.dice), context);
    if (isRefusal(decided)) continue;
    events = [...events, ...number(decided, last.seq, nowMs, person)];
    visit(events);
  }
  return events;
}

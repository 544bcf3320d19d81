// An order's state is the fold of its events, and nothing else.
import type { OrderFacts } from "../clock/types.ts";
import type { OrderId } from "../order-id.ts";
import { number, numbers, type OrderEvent, text } from "./event.ts";

export type OrderStatus = "OPEN" | "SUSPENDED" | "ARCHIVED" | "TERMINATED" | "WITHDRAWN";
export const openStatuses: readonly OrderStatus[] = ["OPEN", "SUSPENDED"];

export type Request = {
  readonly seq: number;
  readonly kind: RequestKind;
  readonly by: number;
  readonly data: OrderEvent["data"];
};
export type RequestKind = "suspension" | "extension" | "reclassification" | "termination";

export type Callback = {
  readonly seq: number;
  readonly atMs: number;
  readonly by: number;
  readonly result: string;
  readonly satisfaction: string | null;
};

export type OrderState = {
  readonly flow: string;
  readonly flowVersion: number;
  readonly status: OrderStatus;
  /** Null once the order has left its flow. */
  readonly step: string | null;
  /** The one unit responsible now. */
  readonly unitId: number;
  /** The unit that took the demand in: dispatching, review and callback happen there, and there the result shows. */
  readonly deskUnitId: number;
  /** The unit that was last asked to handle it. */
  readonly handlingUnitId: number | null;
  readonly holderId: number | null;
  /** Number of the last event; a command names the one it was decided on. */
  readonly version: number;
  readonly episode: number;
  readonly episodeOpenedSeq: number;
  readonly openedAtMs: number;
  readonly closedAtMs: number | null;
  readonly facts: OrderFacts;
  readonly rulebookVersion: number;
  readonly customerId: string | null;
  /** Staff who handled it in this episode: none of them may verify it. */
  readonly handlerIds: readonly number[];
  /** Units that had it or were asked. */
  readonly unitIds: readonly number[];
  readonly returns: number;
  readonly arbitrated: boolean;
  readonly requests: readonly Request[];
  readonly suspension: { readonly seq: number; readonly reason: string; readonly untilMs: number } | null;
  readonly urges: readonly { readonly seq: number; readonly answered: boolean }[];
  readonly consultations: readonly { readonly seq: number; readonly unitId: number; readonly answered: boolean }[];
  readonly masterId: OrderId | null;
  readonly childIds: readonly OrderId[];
  readonly links: readonly { readonly orderId: OrderId; readonly kind: string }[];
  readonly replySeq: number | null;
  /** How many levels have passed the reply of this episode. */
  readonly reviewLevel: number;
  readonly callbacks: readonly Callback[];
  /** Result of a concluded callback of this episode. */
  readonly callbackOutcome: string | null;
  /** Recorded reason why no callback is owed, where the flow permits one. */
  readonly noCallbackReason: string | null;
  readonly attachments: number;
  readonly contacts: number;
  readonly marks: readonly string[];
};

const handling = new Set(["accept", "contact", "arrive", "restore", "finish-work", "reply", "answer-on-call"]);

function opened(event: OrderEvent): OrderState {
  const facts = event.data["facts"] as unknown as OrderFacts;
  return {
    flow: facts.flow,
    flowVersion: number(event.data, "flowVersion") ?? 1,
    status: "OPEN",
    step: event.step ?? null,
    unitId: event.unitId ?? 0,
    deskUnitId: event.unitId ?? 0,
    handlingUnitId: number(event.data, "targetUnitId"),
    holderId: event.holderId ?? null,
    version: event.seq,
    episode: 1,
    episodeOpenedSeq: event.seq,
    openedAtMs: event.atMs,
    closedAtMs: null,
    facts,
    rulebookVersion: number(event.data, "rulebookVersion") ?? 0,
    customerId: text(event.data, "customerId"),
    handlerIds: [],
    unitIds: event.unitId === undefined ? [] : [event.unitId],
    returns: 0,
    arbitrated: false,
    requests: [],
    suspension: null,
    urges: [],
    consultations: [],
    masterId: null,
    childIds: [],
    links: [],
    replySeq: null,
    reviewLevel: 0,
    callbacks: [],
    callbackOutcome: null,
    noCallbackReason: null,
    attachments: 0,
    contacts: 0,
    marks: [],
  };
}

type Reducer = (state: OrderState, event: OrderEvent) => Partial<OrderState>;

const closed =
  (status: OrderStatus): Reducer =>
  (_, event) => ({ status, closedAtMs: event.atMs, suspension: null, requests: [] });

const reducers: Readonly<Record<string, Reducer>> = {
  dispatch: (state, event) => ({ handlingUnitId: event.unitId ?? state.handlingUnitId }),
  transfer: (state, event) => ({ handlingUnitId: event.unitId ?? state.handlingUnitId }),
  arbitrate: (state, event) => ({ handlingUnitId: event.unitId ?? state.handlingUnitId, arbitrated: true }),
  return: (state) => ({ returns: state.returns + 1 }),
  "return-disputed": (state) => ({ returns: state.returns + 1 }),
  grade: (state, event) => ({ facts: { ...state.facts, grade: text(event.data, "grade") } }),
  contact: (state) => ({ contacts: state.contacts + 1 }),
  attach: (state) => ({ attachments: state.attachments + 1 }),
  "request-suspension": (state, event) => ({ requests: [...state.requests, requestOf("suspension", event)] }),
  "request-extension": (state, event) => ({ requests: [...state.requests, requestOf("extension", event)] }),
  "request-reclassification": (state, event) => ({ requests: [...state.requests, requestOf("reclassification", event)] }),
  "request-termination": (state, event) => ({ requests: [...state.requests, requestOf("termination", event)] }),
  decide: (state, event) => ({ requests: state.requests.filter((request) => request.seq !== number(event.data, "requestSeq")) }),
  suspend: (_, event) => ({
    status: "SUSPENDED",
    suspension: { seq: event.seq, reason: text(event.data, "reason") ?? "", untilMs: number(event.data, "untilMs") ?? 0 },
  }),
  resume: () => ({ status: "OPEN", suspension: null }),
  reclassify: (state, event) => {
    const facts = { ...state.facts, ...(event.data["facts"] as Partial<OrderFacts>) };
    return { facts, flow: facts.flow, flowVersion: number(event.data, "flowVersion") ?? 1 };
  },
  rebind: (_, event) => ({ rulebookVersion: number(event.data, "rulebookVersion") ?? 0 }),
  urge: (state, event) => ({ urges: [...state.urges, { seq: event.seq, answered: false }] }),
  "answer-urge": (state, event) => ({
    urges: state.urges.map((urge) => (urge.seq === number(event.data, "urgeSeq") ? { ...urge, answered: true } : urge)),
  }),
  consult: (state, event) => ({
    consultations: [
      ...state.consultations,
      ...numbers(event.data, "unitIds").map((unitId) => ({ seq: event.seq, unitId, answered: false })),
    ],
  }),
  "answer-consultation": (state, event) => ({
    consultations: state.consultations.map((one) =>
      one.unitId === number(event.data, "unitId") && one.seq === number(event.data, "consultSeq")
        ? { ...one, answered: true }
        : one,
    ),
  }),
  merge: (_, event) => ({ masterId: text(event.data, "masterId") }),
  release: () => ({ masterId: null }),
  "child-merged": (state, event) => ({ childIds: [...state.childIds, text(event.data, "childId") ?? ""] }),
  "child-released": (state, event) => ({ childIds: state.childIds.filter((id) => id !== text(event.data, "childId")) }),
  link: (state, event) => ({
    links: [...state.links, { orderId: text(event.data, "orderId") ?? "", kind: text(event.data, "kind") ?? "" }],
  }),
  reply: (_, event) => ({ replySeq: event.seq, reviewLevel: 0 }),
  "review-level-passed": (state) => ({ reviewLevel: state.reviewLevel + 1 }),
  "review-passed": (state) => ({ reviewLevel: state.reviewLevel + 1 }),
  "review-rejected": () => ({ replySeq: null, reviewLevel: 0 }),
  "callback-attempt": (state, event) => ({ callbacks: [...state.callbacks, callbackOf(event)] }),
  callback: (state, event) => ({ callbacks: [...state.callbacks, callbackOf(event)], callbackOutcome: outcomeOf(event) }),
  "waive-callback": (_, event) => ({ noCallbackReason: text(event.data, "reason") }),
  "answer-on-call": () => ({ noCallbackReason: "ANSWERED_ON_CALL" }),
  archive: (state, event) => ({ ...closed("ARCHIVED")(state, event) }),
  "close-elsewhere": (state, event) => ({ ...closed("ARCHIVED")(state, event), noCallbackReason: "CLOSED_ELSEWHERE" }),
  terminate: closed("TERMINATED"),
  withdraw: closed("WITHDRAWN"),
  reopen: (state, event) => ({
    status: "OPEN",
    closedAtMs: null,
    episode: state.episode + 1,
    episodeOpenedSeq: event.seq,
    handlerIds: [],
    returns: 0,
    arbitrated: false,
    requests: [],
    suspension: null,
    consultations: [],
    urges: [],
    masterId: null,
    replySeq: null,
    reviewLevel: 0,
    callbacks: [],
    callbackOutcome: null,
    noCallbackReason: null,
    contacts: 0,
  }),
};

const requestOf = (kind: RequestKind, event: OrderEvent): Request => ({
  seq: event.seq,
  kind,
  by: event.actor.id,
  data: event.data,
});
const outcomeOf = (event: OrderEvent) => text(event.data, "satisfaction") ?? text(event.data, "result");
const callbackOf = (event: OrderEvent): Callback => ({
  seq: event.seq,
  atMs: event.atMs,
  by: event.actor.id,
  result: text(event.data, "result") ?? "",
  satisfaction: text(event.data, "satisfaction"),
});

const including = <T>(list: readonly T[], item: T): readonly T[] => (list.includes(item) ? list : [...list, item]);

/** The state after one more event. In: null for the first event, which must open the order. */
export function applyEvent(state: OrderState | null, event: OrderEvent): OrderState {
  if (state === null) return opened(event);
  const changed = reducers[event.type]?.(state, event) ?? {};
  let next: OrderState = {
    ...state,
    ...changed,
    version: event.seq,
    step: event.step === undefined ? state.step : event.step,
    unitId: event.unitId ?? state.unitId,
    holderId: event.holderId === undefined ? state.holderId : event.holderId,
  };
  const mirrored = event.data["viaMasterId"] !== undefined;
  if (handling.has(event.type) && event.actor.kind === "staff" && !mirrored)
    next = { ...next, handlerIds: including(next.handlerIds, event.actor.id) };
  if (event.unitId !== undefined) next = { ...next, unitIds: including(next.unitIds, event.unitId) };
  for (const unitId of event.type === "consult" ? numbers(event.data, "unitIds") : [])
    next = { ...next, unitIds: including(next.unitIds, unitId) };
  return next;
}

/** The state of a history. Errors: throws on an empty one. */
export function foldOrder(events: readonly OrderEvent[]): OrderState {
  let state: OrderState | null = null;
  for (const event of events) state = applyEvent(state, event);
  if (state === null) throw new Error("an order has at least the event of its intake");
  return state;
}

export const isOpen = (state: OrderState): boolean => openStatuses.includes(state.status);

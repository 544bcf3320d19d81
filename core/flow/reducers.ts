// What each event changes about an order, besides where it stands.
import type { OrderFacts } from "../clock/types.ts";
import { type Actor, isSameActor, number, numbers, object, type OrderEvent, text } from "./event.ts";
import type { Callback, OrderState, OrderStatus, Request, RequestKind } from "./state.ts";

// What is done about an order rather than to the matter. Anything else, a flow's own actions included, is work on it: whoever
// did it is kept from verifying it, so that forgetting an event here is the safe mistake.
const notHandling: ReadonlySet<string> = new Set(
  `intake grade dispatch return return-disputed arbitrate transfer consult urge answer-urge note attach link merge release
  child-merged child-released rebind request-suspension request-extension request-reclassification request-termination decide
  suspend resume extend reclassify terminate withdraw reopen review-passed review-level-passed review-rejected callback
  callback-attempt waive-callback archive`.split(/\s+/),
);
// What an order merged under a master learns from the master's events; returns and rulings there are not its own.
const mirrorable: ReadonlySet<string> = new Set([
  "reply",
  "review-passed",
  "review-rejected",
  "contact",
  "arrive",
  "suspend",
  "resume",
  "release",
]);

type Reducer = (state: OrderState, event: OrderEvent) => Partial<OrderState>;

const closed =
  (status: OrderStatus): Reducer =>
  (_, event) => ({ status, closedAtMs: event.atMs, suspension: null, requests: [] });

const reducers: Readonly<Record<string, Reducer>> = {
  dispatch: (state, event) => ({ handlingUnitId: event.unitId ?? state.handlingUnitId }),
  transfer: (state, event) => ({
    handlingUnitId: event.unitId ?? state.handlingUnitId,
    ...(event.data["newRuling"] === true && state.ruling
      ? { ruling: { ...state.ruling, unitId: event.unitId ?? state.unitId } }
      : {}),
  }),
  arbitrate: (state, event) => ({
    handlingUnitId: event.unitId ?? state.handlingUnitId,
    ruling: { byUnitId: state.unitId, unitId: event.unitId ?? state.unitId },
  }),
  return: returnedBy,
  "return-disputed": returnedBy,
  grade: (state, event) => ({ facts: { ...state.facts, grade: text(event.data, "grade") } }),
  contact: (state) => ({ contacts: state.contacts + 1 }),
  arrive: (state) => ({ arrivals: state.arrivals + 1 }),
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
    const details = object(event.data, "details") ?? (facts.flow === state.flow ? state.details : {});
    return { facts, flow: facts.flow, flowVersion: number(event.data, "flowVersion") ?? 1, details };
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
  reply: (_, event) => ({ replySeq: event.seq, reviewLevel: 0, reviewers: [] }),
  "review-level-passed": passed,
  "review-passed": passed,
  "review-rejected": () => ({ replySeq: null, reviewLevel: 0, reviewers: [] }),
  "callback-attempt": called,
  callback: (state, event) => ({ ...called(state, event), callbackOutcome: outcomeOf(event) }),
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
    returns: {},
    ruling: null,
    requests: [],
    suspension: null,
    consultations: [],
    urges: [],
    masterId: null,
    replySeq: null,
    reviewLevel: 0,
    reviewers: [],
    callbacks: [],
    callbackOutcome: null,
    noCallbackReason: null,
    contacts: 0,
    arrivals: 0,
  }),
};

function returnedBy(state: OrderState): Partial<OrderState> {
  return { returns: { ...state.returns, [state.unitId]: (state.returns[state.unitId] ?? 0) + 1 } };
}

function passed(state: OrderState, event: OrderEvent): Partial<OrderState> {
  return { reviewLevel: state.reviewLevel + 1, reviewers: [...state.reviewers, event.actor] };
}

function called(state: OrderState, event: OrderEvent): Partial<OrderState> {
  const callback = callbackOf(event);
  return {
    callbacks: [...state.callbacks, callback],
    ...(callback.result === "NOT_REACHED" ? { lastUnreachedAtMs: event.atMs } : {}),
  };
}

const requestOf = (kind: RequestKind, event: OrderEvent): Request => ({
  seq: event.seq,
  kind,
  by: event.actor,
  data: event.data,
});
const outcomeOf = (event: OrderEvent) => text(event.data, "satisfaction") ?? text(event.data, "result");
const callbackOf = (event: OrderEvent): Callback => ({
  seq: event.seq,
  atMs: event.atMs,
  by: event.actor,
  result: text(event.data, "result") ?? "",
  satisfaction: text(event.data, "satisfaction"),
});

// Who worked on the master worked on the matter of the orders under it.
function handledTogether({ handlers }: OrderState, masters: unknown): Partial<OrderState> {
  const others = (Array.isArray(masters) ? (masters as Actor[]) : []).filter(
    (actor) => !handlers.some((known) => isSameActor(known, actor)),
  );
  return others.length === 0 ? {} : { handlers: [...handlers, ...others] };
}

/** What an event changes. An order merged under a master takes from the master's events only what holds for it too. */
export function reduce(state: OrderState, event: OrderEvent): Partial<OrderState> {
  if (event.data["viaMasterId"] === undefined) return reducers[event.type]?.(state, event) ?? {};
  return {
    ...(mirrorable.has(event.type) ? reducers[event.type]?.(state, event) : {}),
    ...handledTogether(state, event.data["handlers"]),
  };
}

/** Whether an event is work on the matter by somebody: by a person or an integration. */
export const isHandling = (event: OrderEvent): boolean => event.actor.kind !== "system" && !notHandling.has(event.type);

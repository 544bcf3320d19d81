// An order's state is the fold of its events, and nothing else.
import type { OrderFacts } from "../clock/types.ts";
import type { OrderId } from "../order-id.ts";
import { type Actor, isSameActor, number, numbers, object, type OrderEvent, owed, text, texts } from "./event.ts";
import type { JsonObject } from "./form.ts";
import { isHandling, reduce } from "./reducers.ts";

export type OrderStatus = "OPEN" | "SUSPENDED" | "ARCHIVED" | "TERMINATED" | "WITHDRAWN";
export const openStatuses: readonly OrderStatus[] = ["OPEN", "SUSPENDED"];

export type Request = {
  readonly seq: number;
  readonly kind: RequestKind;
  readonly by: Actor;
  readonly data: OrderEvent["data"];
};
export type RequestKind = "suspension" | "extension" | "reclassification" | "termination";

export type Callback = {
  readonly seq: number;
  readonly atMs: number;
  readonly by: Actor;
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
  /** The public answers to what the flow asks beyond the common form: those of intake, or of the last reclassification. */
  readonly details: JsonObject;
  /** Who worked on the matter, in any episode: none of them verifies it. */
  readonly handlers: readonly Actor[];
  /** Units that had it or were asked. */
  readonly unitIds: readonly number[];
  /** How often each unit has returned it in this episode. */
  readonly returns: Readonly<Record<number, number>>;
  /** The last ruling of this episode: who ruled, and which unit has to handle it. */
  readonly ruling: { readonly byUnitId: number; readonly unitId: number } | null;
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
  /** Who passed it: each level is somebody else. */
  readonly reviewers: readonly Actor[];
  readonly callbacks: readonly Callback[];
  /** The last time the customer was called and not reached, in any episode: the next call keeps its distance. */
  readonly lastUnreachedAtMs: number | null;
  /** Result of a concluded callback of this episode. */
  readonly callbackOutcome: string | null;
  /** Recorded reason why no callback is owed, where the flow permits one. */
  readonly noCallbackReason: string | null;
  readonly attachments: number;
  readonly contacts: number;
  /** How often somebody arrived, in this episode. */
  readonly arrivals: number;
  /** The last step in which the matter itself was worked on. */
  readonly place: string | null;
  /** What the flow remembers beyond its step, as its events said it: a contract is signed, a stage has passed. */
  readonly marks: JsonObject;
  /** What the customer still owes, by code (a document that is missing); each has a clock of its own. */
  readonly missing: readonly string[];
};

// Steps of the loop, in which the order waits for somebody to take or to verify it.
const aroundTheMatter: ReadonlySet<string> = new Set([
  "dispatching",
  "accepting",
  "arbitrating",
  "merged",
  "reviewing",
  "callback",
  "archiving",
]);
const placeOf = (step: string | null | undefined, before: string | null): string | null =>
  step == null || aroundTheMatter.has(step) ? before : step;

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
    details: object(event.data, "details") ?? {},
    handlers: [],
    unitIds: event.unitId === undefined ? [] : [event.unitId],
    returns: {},
    ruling: null,
    requests: [],
    suspension: null,
    urges: [],
    consultations: [],
    masterId: null,
    childIds: [],
    links: [],
    replySeq: null,
    reviewLevel: 0,
    reviewers: [],
    callbacks: [],
    lastUnreachedAtMs: null,
    callbackOutcome: null,
    noCallbackReason: null,
    attachments: 0,
    contacts: 0,
    arrivals: 0,
    place: placeOf(event.step, null),
    marks: {},
    missing: owed(event.data),
  };
}

const including = <T>(list: readonly T[], item: T): readonly T[] => (list.includes(item) ? list : [...list, item]);

/** The state after one more event. In: null for the first event, which must open the order. */
export function applyEvent(state: OrderState | null, event: OrderEvent): OrderState {
  if (state === null) return opened(event);
  const changed = reduce(state, event);
  let next: OrderState = {
    ...state,
    ...changed,
    version: event.seq,
    step: event.step === undefined ? state.step : event.step,
    place: placeOf(event.step, state.place),
    unitId: event.unitId ?? state.unitId,
    holderId: event.holderId === undefined ? state.holderId : event.holderId,
  };
  if (isHandling(event) && !hasHandled(next, event.actor)) next = { ...next, handlers: [...next.handlers, event.actor] };
  const marks = object(event.data, "marks");
  if (marks) next = { ...next, marks: { ...next.marks, ...marks } };
  const [missing, supplied] = [owed(event.data), texts(event.data, "supplied")];
  if (missing.length + supplied.length > 0)
    next = { ...next, missing: [...new Set([...next.missing, ...missing])].filter((code) => !supplied.includes(code)) };
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

/** Whether the person or integration worked on the matter, in this episode or an earlier one. */
export const hasHandled = (state: Pick<OrderState, "handlers">, actor: Actor): boolean =>
  state.handlers.some((handler) => isSameActor(handler, actor));

export const isOpen = (state: OrderState): boolean => openStatuses.includes(state.status);

// A county at work: calls come in, people do what is theirs to do, each through the public API. One thing after the other, by an agenda;
// what the product says no to, or somebody else did first, is looked at again.
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import type { County } from "../county/county.ts";
import { CENTRE } from "../county/organisation.ts";
import { type Call, stormCalls, untilNextCall } from "../people/calls.ts";
import type { Pace } from "../people/plan.ts";
import { demandsPerDay } from "../history.ts";
import { type Random, randomOf } from "../random.ts";
import { overseerOf } from "./acquaint.ts";
import { type Agenda, agenda } from "./agenda.ts";
import type { Clock } from "./clock.ts";
import { answerCall, hangUp, ringAt } from "./desk.ts";
import { type Office, Refused, Unreachable } from "./office.ts";
import { carryOut, type Planned, planFor } from "./work.ts";

export type Happened = {
  readonly atMs: number;
  readonly what: "taken-in" | "urged" | "merged" | "acted" | "overtaken" | "refused";
  readonly orderId: string | null;
  readonly by: string;
  readonly action: string;
  /** What the product said, where it refused. */
  readonly code: string | null;
};

export type Life = {
  readonly county: County;
  readonly office: Office;
  readonly clock: Clock;
  /** How many times faster than in life things happen. The product's clocks are not touched. */
  readonly speed: number;
  /** Somebody looking on, by account, at whom some of the calls shall ring. */
  readonly popFor?: string | null;
  /** How often the county is looked through for what others did. */
  readonly lookEveryMs?: number;
  readonly onHappened?: (event: Happened) => void;
};

type Item =
  | { readonly kind: "call"; readonly call: Call }
  | { readonly kind: "deed"; readonly orderId: string; readonly planned: Planned }
  | { readonly kind: "next-call" }
  | { readonly kind: "storm" }
  | { readonly kind: "hang-up"; readonly callNo: string }
  | { readonly kind: "look" };

const LOOK_EVERY_MS = 5_000;
const HOURS_BETWEEN_STORMS = 9;
const HOUR_MS = 3_600_000;
/** What is refused twice at one version is left to people. */
const MOST_REFUSALS = 2;
const GIVE_UP_MS = 120_000;
/** Where somebody looking on wants calls, every third rings there, for so long. */
const POPPED_SHARE = 0.34;
const PATIENT_CALLER_MS = 4 * 60_000;

type Known = { version: number; refusals: number };
type State = Life & {
  readonly pace: Pace;
  readonly begunMs: number;
  readonly random: Random;
  readonly items: Agenda<Item>;
  readonly known: Map<string, Known>;
  calls: number;
  storms: number;
  /** Whether somebody looking on has a caller on the line. */
  ringing: boolean;
};

/** Lives until the signal says stop, or up to an instant. Errors: throws where the product cannot be reached for two minutes. */
export async function live(life: Life, signal: AbortSignal, untilMs = Number.POSITIVE_INFINITY): Promise<void> {
  const begunMs = life.clock.nowMs();
  const state: State = {
    ...life,
    pace: { speed: life.speed, missesClocks: life.speed > 1 },
    begunMs,
    random: randomOf(life.county.seed, "live", begunMs),
    items: agenda<Item>(),
    known: new Map(),
    calls: 0,
    storms: 0,
    ringing: false,
  };
  state.items.put({ atMs: begunMs, key: "look", what: { kind: "look" } });
  planNextCall(state, begunMs);
  state.items.put({ atMs: begunMs + (0.4 * HOUR_MS) / life.speed, key: "storm", what: { kind: "storm" } });
  let answeredAtMs = begunMs;
  while (!signal.aborted) {
    const entry = state.items.first();
    if (!entry || entry.atMs > untilMs) break;
    await life.clock.until(entry.atMs, signal);
    if (signal.aborted) break;
    state.items.drop(entry.key);
    const nowMs = life.clock.nowMs();
    try {
      await happen(state, entry.what, nowMs);
      answeredAtMs = nowMs;
    } catch (error) {
      if (!(error instanceof Unreachable) || nowMs - answeredAtMs > GIVE_UP_MS) throw error;
      state.items.put({ ...entry, atMs: nowMs + 2_000 });
    }
  }
}

// The telephone system reports by whichever agent comes first.
const reporter = (county: County): string => (county.at(CENTRE, "AGENT")[0] as { account: string }).account;

function planNextCall(state: State, nowMs: number): void {
  const { county, random, items, speed } = state;
  const perDay = demandsPerDay(county.customers.count) * speed;
  items.put({ atMs: nowMs + untilNextCall(perDay, nowMs, county.zone, random), key: "next-call", what: { kind: "next-call" } });
}

async function happen(state: State, item: Item, nowMs: number): Promise<void> {
  switch (item.kind) {
    case "look":
      await look(state, nowMs);
      return state.items.put({ atMs: state.clock.nowMs() + (state.lookEveryMs ?? LOOK_EVERY_MS), key: "look", what: item });
    case "next-call": {
      planNextCall(state, nowMs);
      const key = `live-${state.begunMs}-${state.calls++}`;
      return take(state, { atMs: nowMs, key, storm: null }, nowMs);
    }
    case "storm": {
      const name = `${state.begunMs}-${state.storms++}`;
      for (const call of stormCalls(state.county, name, nowMs, { speed: state.speed }))
        state.items.put({ atMs: call.atMs, key: call.key, what: { kind: "call", call } });
      const hours = state.random.around(HOURS_BETWEEN_STORMS, 0.4);
      return state.items.put({ atMs: nowMs + (hours * HOUR_MS) / state.speed, key: "storm", what: item });
    }
    case "call":
      return take(state, item.call, nowMs);
    case "hang-up":
      state.ringing = false;
      return hangUp(state.office, reporter(state.county), item.callNo, nowMs);
    case "deed":
      return act(state, item.orderId, item.planned, nowMs);
  }
}

async function take(state: State, call: Call, nowMs: number): Promise<void> {
  const { county, office, items, popFor, onHappened } = state;
  const told = { atMs: nowMs, by: "agent", action: "take-in", code: null };
  try {
    // One call at a time: nobody has two telephones at his ear.
    if (popFor && !state.ringing && call.storm === null && state.random.chance(POPPED_SHARE)) {
      const callNo = await ringAt(county, office, call, nowMs, popFor);
      state.ringing = callNo !== null;
      if (callNo !== null) return items.put({ atMs: nowMs + PATIENT_CALLER_MS, key: callNo, what: { kind: "hang-up", callNo } });
    }
    const { orderId, what, merged } = await answerCall(county, office, call, nowMs);
    onHappened?.({ ...told, what: merged ? "merged" : what, orderId });
    await consider(state, orderId, nowMs);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    onHappened?.({ ...told, what: "refused", orderId: null, code: error.code });
  }
}

async function act(state: State, orderId: string, planned: Planned, nowMs: number): Promise<void> {
  const { county, office, items, known, pace, onHappened } = state;
  const { by, action } = planned.deed;
  const told = { atMs: nowMs, orderId, by: by === "system" ? by : by.account, action, code: null };
  try {
    const view = await carryOut(office, orderId, planned, nowMs);
    if (!view) {
      onHappened?.({ ...told, what: "overtaken" });
      return await consider(state, orderId, nowMs);
    }
    onHappened?.({ ...told, what: "acted" });
    known.set(orderId, { version: view.version, refusals: 0 });
    const next = planFor(county, view, pace, nowMs);
    if (next) items.put({ atMs: next.deed.atMs, key: orderId, what: { kind: "deed", orderId, planned: next } });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    onHappened?.({ ...told, what: "refused", code: error.code });
    const refusals = (known.get(orderId)?.refusals ?? 0) + 1;
    known.set(orderId, { version: planned.version, refusals });
    if (refusals < MOST_REFUSALS) items.put({ atMs: nowMs + 3 * 60_000, key: orderId, what: { kind: "deed", orderId, planned } });
  }
}

/** Reads an order and puts on the agenda what is to be done about it. */
async function consider(state: State, orderId: string, nowMs: number): Promise<void> {
  const { county, office, items, known, pace } = state;
  const view = await office.as(overseerOf(county.seed)).call(workOrderOperations.readOrder, { params: { orderId } });
  known.set(orderId, { version: view.version, refusals: 0 });
  const planned = planFor(county, view, pace, nowMs);
  if (planned) items.put({ atMs: planned.deed.atMs, key: orderId, what: { kind: "deed", orderId, planned } });
  else items.drop(orderId);
}

/** Looks through what is open for what others did: visitors, timers, orders from before. */
async function look(state: State, nowMs: number): Promise<void> {
  const { county, office, items, known } = state;
  const overseer = office.as(overseerOf(county.seed));
  const open = new Set<string>();
  for (let after: string | null | undefined; after !== null; ) {
    const page = await overseer.call(workOrderOperations.listOrders, {
      body: { state: "open", sort: "intake", limit: 200, ...(after ? { after } : {}) },
    });
    for (const { orderId, version } of page.orders) {
      open.add(orderId);
      if (known.get(orderId)?.version !== version) await consider(state, orderId, nowMs);
    }
    after = page.next;
  }
  for (const orderId of known.keys())
    if (!open.has(orderId)) {
      known.delete(orderId);
      items.drop(orderId);
    }
}

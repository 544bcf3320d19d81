// What somebody is going to do next, before it is clear who exactly and when.
import type { Role } from "@bihuan/core/identity/roles.ts";
import type { OrderState } from "@bihuan/core/flow/state.ts";
import type { County, Employee } from "../county/county.ts";
import type { Matter } from "../matters/matter.ts";
import { type Random, randomOf } from "../random.ts";
import { onDuty, type Shift } from "./hours.ts";

/** An order as a simulated person reads it. */
export type Case = {
  readonly county: County;
  /** What its chance hangs on: the same key behaves the same way. */
  readonly key: string;
  readonly state: OrderState;
  /** Types of its events so far. */
  readonly types: ReadonlySet<string>;
  readonly lastAtMs: number;
  readonly matter: Matter | null;
  readonly transformerArea: string | null;
  /** When its leading clock is due; null where unknown or none. */
  readonly dueAtMs: number | null;
};

export type Plan = {
  readonly action: string;
  readonly role: Role;
  /** Code of the unit the person is at home in. */
  readonly unit: string;
  /** Whoever worked on it already, and may not do this. */
  readonly except?: readonly number[];
  /** Median and spread of what it takes, in minutes. */
  readonly minutes: readonly [median: number, spread: number];
  readonly shift: Shift;
  /** Never put off: the customer is on the line. */
  readonly prompt?: boolean;
  /** Forbidden before this instant (epoch ms). */
  readonly notBeforeMs?: number;
  form(atMs: number, random: Random): Readonly<Record<string, unknown>>;
};

export type Deed = {
  readonly by: Employee | "system";
  readonly action: string;
  readonly atMs: number;
  readonly form: (atMs: number) => Readonly<Record<string, unknown>>;
};

export type Pace = {
  /** How many times faster than in life things are done. */
  readonly speed: number;
  /** Whoever is late is late by the order's own clock, not only slow: for a world whose clocks run at their own pace. */
  readonly missesClocks: boolean;
};
export const LIFELIKE: Pace = { speed: 1, missesClocks: false };

const MINUTE_MS = 60_000;
const LATE_SHARE = 0.035;
const LONGEST_WAIT_MS = 4 * 3_600_000;

/** Decides who does what is planned, and when. Null where nobody simulated can: it waits for somebody else. */
export function deedOf(one: Case, plan: Plan, pace: Pace): Deed | null {
  const { county, state, key } = one;
  const random = randomOf(county.seed, key, state.version, plan.action);
  const people = county.at(plan.unit, plan.role).filter(({ staffId }) => !plan.except?.includes(staffId));
  const by = people.find(({ staffId }) => staffId === state.holderId) ?? (people.length > 0 ? random.pick(people) : null);
  if (!by) return null;
  const late = plan.prompt !== true && random.chance(LATE_SHARE);
  const takes = random.around(...plan.minutes) * (late && !pace.missesClocks ? random.between(3, 9) : 1);
  let atMs = one.lastAtMs + Math.max(1000, (takes * MINUTE_MS) / pace.speed);
  const dueAtMs = one.dueAtMs ?? 0;
  if (late && pace.missesClocks && dueAtMs > atMs && dueAtMs - atMs < LONGEST_WAIT_MS)
    atMs = dueAtMs + random.between(1, 20) * MINUTE_MS;
  atMs = onDuty(plan.shift, Math.max(atMs, plan.notBeforeMs ?? 0), county.zone, random.between(0, 40));
  return {
    by,
    action: plan.action,
    atMs: Math.round(atMs),
    form: (doneAtMs) => plan.form(doneAtMs, randomOf(county.seed, key, state.version, plan.action, "form")),
  };
}

/** Staff ids of those who worked on an order. */
export const handlerIds = (state: Pick<OrderState, "handlers">): number[] =>
  state.handlers.flatMap(({ kind, id }) => (kind === "staff" ? [id] : []));

export const iso = (atMs: number): string => new Date(atMs).toISOString();

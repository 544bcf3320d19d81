// What a flow is: data that reads like the rule book it encodes. The engine (engine.ts) runs any of them.
import type { z } from "zod";
import type { Policies } from "../clock/rules/policies.ts";
import type { ClockSlot } from "../clock/types.ts";
import type { Role } from "../identity/roles.ts";
import type { OrderId } from "../order-id.ts";
import type { Refusal } from "../refusal.ts";
import type { Actor, NewEvent } from "./event.ts";
import type { Bilingual, JsonObject } from "./form.ts";
import type { OrderState } from "./state.ts";

export type Step = {
  readonly title: Bilingual;
  /** Who moves the order on from here. */
  readonly by: readonly Role[];
  /** Whose step it is: the desk that took the demand in, the unit that handles it, or the level above that arbitrates. */
  readonly at: "desk" | "handling" | "above";
  /** The reason for which the flow stands still here by itself: clocks whose rule names it wait until the step is left. */
  readonly stands?: string;
};

/** An event an action may add, and where the order stands afterwards; `closed` leaves the flow. Drawn, and checked when loaded. */
export type Outcome = {
  readonly type: string;
  readonly to?: string;
  /** What the event is called, where it is not the action itself. */
  readonly title?: Bilingual;
};
export const CLOSED = "closed";

/** What a rule may ask about the world around the order. Everything is given; nothing is fetched. */
export type ActionContext = {
  readonly self: OrderId;
  readonly nowMs: number;
  readonly actor: Actor;
  readonly actingUnitId: number | null;
  /** The roles the actor holds over a unit, directly or from above. */
  rolesOver(unitId: number): ReadonlySet<Role>;
  readonly organisation: {
    isActive(unitId: number): boolean;
    parentOf(unitId: number): number | null;
    /** Self first, root last. */
    pathOf(unitId: number): readonly number[];
    regionOf(unitId: number): number;
    kindOf(unitId: number): string;
  };
  readonly flows: FlowRegistry;
  /** States of the other orders the form names, as far as the actor may see them. */
  related(orderId: OrderId): OrderState | null;
  /** Policies of the rulebook in force now. */
  readonly policies: Policies;
  /** Minutes since midnight in the order's region. */
  minuteOfDay(atMs: number): number;
};

export type ActionInput = {
  readonly state: OrderState;
  readonly flow: Flow;
  readonly value: Readonly<Record<string, unknown>>;
  readonly context: ActionContext;
};

export type Action = {
  readonly key: string;
  readonly title: Bilingual;
  /** A strict object: what it does not name is refused. Where an order asks for more, `asked` says what. */
  readonly form: z.ZodObject;
  readonly by: readonly Role[];
  /** Over which unit the role must be held: the responsible one (default), the desk's, or an assisting one. */
  readonly at?: "responsible" | "desk" | "assisting" | "participant";
  /** Steps it can be taken from; `open` is any step, `archived` an order that is done. */
  readonly from: readonly string[] | "open" | "archived";
  /** True where a suspension does not forbid it. */
  readonly whileSuspended?: boolean;
  readonly outcomes: readonly Outcome[];
  /** Adds a copy of the named events to the orders merged under this one. */
  readonly tone?: "primary" | "normal" | "danger";
  /** The form and the tone for an order that stands so, where they are not always the same. */
  asked?(state: OrderState): Pick<Action, "form" | "tone">;
  /** Whether it makes sense to offer it now; the screen hides what is not offered, the engine refuses it. */
  offered?(state: OrderState, context: ActionContext): Refusal | null;
  /** Refusals of `offered` that only say that there is nothing to do: not told beside what a rule forbids. */
  readonly idle?: readonly string[];
  decide(input: ActionInput): Refusal | readonly NewEvent[];
};

export type Flow = {
  readonly id: string;
  readonly version: number;
  readonly title: Bilingual;
  /** What intake asks beyond the common form. */
  readonly details: z.ZodObject;
  readonly subtypes: Readonly<Record<string, Bilingual>>;
  readonly initial: string;
  /** Where accepting leads. */
  readonly handling: string;
  /** Whoever accepts it later goes on where the work stood, and does not begin afresh. */
  readonly keepsPlace?: boolean;
  readonly steps: Readonly<Record<string, Step>>;
  readonly actions: Readonly<Record<string, Action>>;
  readonly slots: readonly ClockSlot[];
  /** Levels that review a reply before the callback, from the handling unit upwards. */
  readonly reviewLevels: readonly Bilingual[];
  /** Reasons for which this flow may archive without a callback. */
  readonly noCallbackReasons: readonly string[];
  /** Closed somewhere else and only recorded here: never acted on, warned about or listed as live work. */
  readonly closedElsewhere?: boolean;
};

export type FlowRegistry = { get(id: string, version?: number): Flow; readonly all: readonly Flow[] };

/** Closing reasons that stand for a callback, with what they mean. */
export const noCallbackReasons: Readonly<Record<string, Bilingual>> = {
  NOT_REACHED: { zh: "多次回访未接通", en: "Not reached after the attempts the rule asks for" },
  DECLINED: { zh: "客户不要求回访", en: "Customer declined a callback" },
  ANONYMOUS: { zh: "匿名诉求，无法回访", en: "Anonymous, cannot be called back" },
  ANSWERED_ON_CALL: { zh: "通话中当场答复", en: "Answered during the call" },
  NOT_REQUIRED: { zh: "该类业务无需回访", en: "This kind of business needs no callback" },
  CLOSED_ELSEWHERE: { zh: "在其他系统办结", en: "Closed in another system" },
};

export type ReasonTable = Readonly<Record<string, Bilingual>>;
export type { JsonObject };

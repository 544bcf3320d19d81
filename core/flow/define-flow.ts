import { z } from "zod";
import type { ClockSlot } from "../clock/types.ts";
import type { Role } from "../identity/roles.ts";
import { callback } from "./actions/callback.ts";
import { archive, reopen, withdraw } from "./actions/closing.ts";
import { answerConsultation, consult } from "./actions/consultation.ts";
import { link, merge, release } from "./actions/merging.ts";
import { accept, arbitrate, dispatch, returnOrder, transfer } from "./actions/ownership.ts";
import { attach, contact, note } from "./actions/records.ts";
import { reply, reviewReply } from "./actions/reply.ts";
import { decideRequest, requestActions } from "./actions/requests.ts";
import { resume } from "./actions/suspension.ts";
import { answerUrge, urge } from "./actions/urging.ts";
import { commonSlots } from "./common-slots.ts";
import type { Refusal } from "../refusal.ts";
import type { Action, ActionInput, Flow, Step } from "./definition.ts";
import type { Bilingual } from "./form.ts";
import { eventOf } from "./outcome.ts";
import { validateFlow } from "./validate-flow.ts";

/** A step held by a role, at the desk or at the handling unit. */
export const by = (role: Role | readonly Role[], title: Bilingual, at: Step["at"] = "handling"): Step => ({
  title,
  by: typeof role === "string" ? [role] : role,
  at,
});

/** An action before its flow has given it its key; `to` is null where it stays in its step. */
export type Move = Omit<Action, "key"> & { readonly to: string | null };

type MoveOptions = Pick<Action, "at" | "whileSuspended" | "idle"> & {
  title: Bilingual;
  by: readonly Role[];
  check?: NonNullable<Action["offered"]>;
  checkForm?: (input: ActionInput) => Refusal | null;
};

/** A plain move: one step to another (or staying, with null), with a form. */
export const go = (from: string | readonly string[], to: string | null, form: z.ZodObject, options: MoveOptions): Move => ({
  title: options.title,
  form,
  by: options.by,
  ...(options.at ? { at: options.at } : {}),
  ...(options.idle ? { idle: options.idle } : {}),
  ...(options.whileSuspended ? { whileSuspended: true } : {}),
  from: typeof from === "string" ? [from] : from,
  to,
  ...(to === null ? {} : { tone: "primary" as const }),
  outcomes: [],
  ...(options.check ? { offered: options.check } : {}),
  decide: (input) => options.checkForm?.(input) ?? [eventOf("", form, input.value, to === null ? {} : { step: to })],
});

export type FlowDefinition = {
  readonly id: string;
  readonly title: Bilingual;
  readonly details?: z.ZodObject;
  readonly subtypes?: Readonly<Record<string, Bilingual>>;
  /** Steps of its own; the steps every loop has are added around them. */
  readonly steps: Readonly<Record<string, Step>>;
  /** First own step before dispatching, where there is one (a complaint is graded). */
  readonly before?: string;
  readonly handling: string;
  /** Whoever accepts it after a transfer, a return or a reopening goes on where the work stood. */
  readonly keepsPlace?: boolean;
  /** Where a rejected reply goes back to; the handling step where absent. */
  readonly rework?: string;
  readonly actions: Readonly<Record<string, Move>>;
  /** Where a reply may be written. */
  readonly replyFrom: readonly string[];
  /** Somebody has to go there: a reply before any arrival says why nobody went. */
  readonly goesThere?: boolean;
  /** Where the customer may be contacted. */
  readonly contactFrom?: readonly string[];
  readonly clocks: Readonly<
    Record<
      string,
      {
        title: Bilingual;
        from: string | readonly string[];
        until: string | readonly string[];
        lapsesOn?: Readonly<Record<string, Bilingual>>;
        limit?: "given";
        perSubject?: true;
        subjects?: Readonly<Record<string, Bilingual>>;
        unpausable?: true;
      }
    >
  >;
  readonly reviewLevels?: readonly Bilingual[];
  readonly noCallbackReasons?: readonly string[];
};

const list = (value: string | readonly string[]): readonly string[] => (typeof value === "string" ? [value] : value);

const deskReview: Bilingual = { zh: "受理单位审核", en: "Review by the desk" };

/**
 * Builds a flow from its rule book and checks it: no dead step, every step reaches the close, every clock can stop, and in
 * every step a clock runs. Errors: throws with every fault found, since a wrong flow is a programming mistake.
 */
export function defineFlow(definition: FlowDefinition): Flow {
  const ownSteps = Object.keys(definition.steps).filter((step) => step !== definition.before);
  const handlingSteps = ownSteps;
  // What stands still by itself needs no suspension.
  const movingSteps = ownSteps.filter((step) => definition.steps[step]?.stands === undefined);
  const reviewLevels = definition.reviewLevels ?? [deskReview];
  const reasons = definition.noCallbackReasons ?? ["NOT_REACHED", "DECLINED", "ANONYMOUS"];
  const steps: Record<string, Step> = {
    ...(definition.before ? { [definition.before]: definition.steps[definition.before] as Step } : {}),
    dispatching: by("DISPATCHER", { zh: "待派单", en: "To be dispatched" }, "desk"),
    accepting: by("HANDLER", { zh: "待接单", en: "To be accepted" }),
    arbitrating: by(["SUPERVISOR", "MANAGER"], { zh: "待裁定", en: "Arbitration" }, "above"),
    merged: by("DISPATCHER", { zh: "已合并", en: "Merged" }, "desk"),
    ...Object.fromEntries(ownSteps.map((key) => [key, definition.steps[key] as Step])),
    reviewing: by(["REVIEWER", "MANAGER"], { zh: "回单审核", en: "Reply under review" }, "desk"),
    callback: by("VERIFIER", { zh: "待回访", en: "To be called back" }, "desk"),
    archiving: by(["VERIFIER", "SUPERVISOR"], { zh: "待归档", en: "To be archived" }, "desk"),
  };
  const unanswered = [
    ...(definition.before ? [definition.before] : []),
    "dispatching",
    "accepting",
    "arbitrating",
    ...handlingSteps,
  ];
  const own = Object.entries(definition.actions).map(([key, move]) => named(key, move));
  const actions: Action[] = [
    ...own.filter(
      (action) => action.from !== "open" && action.from !== "archived" && action.from.includes(definition.before ?? ""),
    ),
    dispatch,
    accept(definition.handling),
    arbitrate,
    ...own.filter(
      (action) => action.from === "open" || action.from === "archived" || !action.from.includes(definition.before ?? ""),
    ),
    ...(definition.contactFrom ? [contact(definition.contactFrom)] : []),
    reply(definition.replyFrom, definition.goesThere === true),
    reviewReply(reviewLevels, definition.rework ?? definition.handling),
    callback("dispatching"),
    archive(reasons),
    transfer(["accepting", ...handlingSteps]),
    returnOrder(["accepting", ...handlingSteps]),
    consult(["accepting", ...handlingSteps]),
    answerConsultation,
    urge,
    answerUrge,
    ...requestActions(movingSteps, unanswered),
    decideRequest,
    resume,
    merge,
    release,
    link,
    note,
    attach,
    withdraw,
    reopen("dispatching"),
  ];
  const flow: Flow = {
    id: definition.id,
    version: 1,
    title: definition.title,
    details: definition.details ?? z.strictObject({}),
    subtypes: definition.subtypes ?? {},
    initial: definition.before ?? "dispatching",
    handling: definition.handling,
    ...(definition.keepsPlace ? { keepsPlace: true } : {}),
    steps,
    actions: Object.fromEntries(actions.map((action) => [action.key, action])),
    slots: [
      ...Object.entries(definition.clocks).map(
        ([key, clock]): ClockSlot => ({
          key,
          title: clock.title,
          from: list(clock.from),
          until: list(clock.until),
          ...(clock.lapsesOn ? { lapsesOn: clock.lapsesOn } : {}),
          limit: clock.limit ?? "rule",
          ...(clock.perSubject ? { perSubject: true } : {}),
          ...(clock.subjects ? { subjects: clock.subjects } : {}),
          ...(clock.unpausable ? { unpausable: true } : {}),
        }),
      ),
      ...commonSlots(definition.before),
    ],
    reviewLevels,
    noCallbackReasons: reasons,
  };
  const faults = validateFlow(flow);
  if (faults.length > 0) throw new Error(`flow ${flow.id}: ${faults.join("; ")}`);
  return flow;
}

// A plain move does not know its own name until the flow gives it one.
function named(key: string, move: Move): Action {
  const { to, decide, ...rest } = move;
  return {
    ...rest,
    key,
    outcomes: rest.outcomes.length > 0 ? rest.outcomes : [to === null ? { type: key } : { type: key, to }],
    decide(input) {
      const result = decide(input);
      return "refused" in result ? result : result.map((event) => (event.type === "" ? { ...event, type: key } : event));
    },
  };
}

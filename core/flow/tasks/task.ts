// What waits for somebody on an open order (待办): its step, and what was asked of others beside it, each with a clock of its own.
import type { Clock } from "../../clock/types.ts";
import type { Role } from "../../identity/roles.ts";
import type { Bilingual } from "../../text.ts";
import type { Flow } from "../definition.ts";
import { type Actor, isSameActor, type OrderEvent } from "../event.ts";
import { isOpen, type OrderState } from "../state.ts";

type Kind = {
  readonly title: Bilingual;
  /** Who does it, where the unit has them: the first line, and those who may stand in. */
  readonly by: readonly Role[];
};

/** Every kind of task, in the order of a loop. `suspended` and `merged` stand for orders on which nobody can do anything just now. */
export const taskKinds = {
  grade: { title: { zh: "定级", en: "Grade" }, by: ["DISPATCHER"] },
  dispatch: { title: { zh: "派单", en: "Dispatch" }, by: ["DISPATCHER"] },
  accept: { title: { zh: "接单", en: "Accept" }, by: ["HANDLER"] },
  handle: { title: { zh: "处理", en: "Handle" }, by: ["HANDLER"] },
  counter: { title: { zh: "柜台办理", en: "At the counter" }, by: ["HANDLER", "AGENT"] },
  arbitrate: { title: { zh: "裁定", en: "Arbitrate" }, by: ["SUPERVISOR", "MANAGER"] },
  review: { title: { zh: "审核回单", en: "Review the reply" }, by: ["REVIEWER", "MANAGER"] },
  callback: { title: { zh: "回访", en: "Call back" }, by: ["VERIFIER"] },
  archive: { title: { zh: "归档", en: "Archive" }, by: ["VERIFIER", "SUPERVISOR"] },
  decide: { title: { zh: "审批申请", en: "Decide a request" }, by: ["SUPERVISOR", "MANAGER"] },
  consult: { title: { zh: "反馈协办意见", en: "Answer a consultation" }, by: ["HANDLER", "MANAGER"] },
  suspended: { title: { zh: "挂起", en: "Suspended" }, by: [] },
  merged: { title: { zh: "随母单办理", en: "Moves with its master" }, by: [] },
} as const satisfies Readonly<Record<string, Kind>>;
export type TaskKind = keyof typeof taskKinds;
export const taskKindNames = Object.keys(taskKinds) as readonly TaskKind[];

/** Tasks that somebody can do something about. */
export const doableKinds: readonly TaskKind[] = taskKindNames.filter((kind) => taskKinds[kind].by.length > 0);

/** Kinds that belong to the person who has the order, as soon as somebody has it. */
export const heldKinds: ReadonlySet<TaskKind> = new Set(["handle", "counter"]);

export type Task = {
  /** 0: the order's step. Otherwise the event that asked: a request, a consultation. */
  readonly seq: number;
  /** The unit that owes it: the responsible one, or the one that was asked. */
  readonly unitId: number;
  readonly kind: TaskKind;
  readonly holderId: number | null;
  /** Staff who may not do it: who handled the matter does not verify it, who asked does not decide. Ascending. */
  readonly keptOut: readonly number[];
  /** Of what was asked: the member of staff who did; null otherwise, and where an integration did. */
  readonly askedBy: number | null;
  /** Of the step: the member of staff who took the demand in. */
  readonly takenBy: number | null;
  /** The tightest maximum that runs for it; null where none does. */
  readonly dueAtMs: number | null;
  readonly dueFromMs: number | null;
  readonly slot: string | null;
  /** Of a callback: when the customer was called and not reached. */
  readonly triedAtMs: number | null;
  /** Of the step: when somebody is expected at the customer's. */
  readonly visitAtMs: number | null;
};

const byStep: Readonly<Record<string, TaskKind>> = {
  dispatching: "dispatch",
  accepting: "accept",
  arbitrating: "arbitrate",
  merged: "merged",
  reviewing: "review",
  callback: "callback",
  archiving: "archive",
};

/** What a step asks for. In: the flow, and one of its steps. */
export function kindOfStep(flow: Flow, step: string): TaskKind {
  const known = byStep[step];
  if (known) return known;
  if (step === flow.initial) return "grade";
  return flow.steps[step]?.by.includes("AGENT") ? "counter" : "handle";
}

// Clocks of what others owe: they judge the order, but not who works on it.
const ofOthers: ReadonlySet<string> = new Set(["consultation", "approval"]);
const isLive = ({ status }: Clock): boolean => status === "running" || status === "paused";

function tightest(clocks: readonly Clock[], counts: (clock: Clock) => boolean): Pick<Task, "dueAtMs" | "dueFromMs" | "slot"> {
  let first: Clock | null = null;
  for (const clock of clocks)
    if (
      isLive(clock) &&
      clock.limitKind === "max" &&
      clock.dueAtMs !== null &&
      counts(clock) &&
      clock.dueAtMs < (first?.dueAtMs ?? Number.POSITIVE_INFINITY)
    )
      first = clock;
  return { dueAtMs: first?.dueAtMs ?? null, dueFromMs: first?.startedAtMs ?? null, slot: first?.slot ?? null };
}

const staffAmong = (actors: readonly Actor[]): number[] =>
  [...new Set(actors.filter(({ kind }) => kind === "staff").map(({ id }) => id))].sort((a, b) => a - b);
const staffId = (actor: Actor | undefined): number | null => (actor?.kind === "staff" ? actor.id : null);

function keptOutOf(kind: TaskKind, { handlers, reviewers }: OrderState): readonly number[] {
  if (kind === "review") return staffAmong([...handlers, ...reviewers]);
  return kind === "callback" || kind === "archive" ? staffAmong(handlers) : [];
}

// Agreed by an action, and kept by a clock; or asked for at intake, until somebody went or the matter was answered.
function visitOf(state: OrderState, clocks: readonly Clock[]): number | null {
  const agreed = clocks.findLast((clock) => clock.slot === "appointment" && isLive(clock));
  if (agreed) return agreed.dueAtMs;
  const asked = state.details["appointmentAt"];
  const isDone = state.arrivals > 0 || state.replySeq !== null || state.step === "replying";
  return typeof asked === "string" && !isDone ? Date.parse(asked) : null;
}

/**
 * The tasks of an order: none once it is closed; otherwise that of its step first, then each request that waits for a decision and
 * each unit that was asked and has not answered. In: its flow, its folded state and clocks, its events.
 */
export function tasksOf(flow: Flow, state: OrderState, clocks: readonly Clock[], events: readonly OrderEvent[]): readonly Task[] {
  if (!isOpen(state) || state.step === null || flow.closedElsewhere) return [];
  const actorOf = (seq: number): Actor | undefined => events.find((event) => event.seq === seq)?.actor;
  const ofStep = kindOfStep(flow, state.step);
  const kind = state.suspension && ofStep !== "merged" ? "suspended" : ofStep;
  const asked = { holderId: null, takenBy: null, triedAtMs: null, visitAtMs: null };
  return [
    {
      seq: 0,
      unitId: state.unitId,
      kind,
      holderId: state.holderId,
      keptOut: keptOutOf(kind, state),
      askedBy: null,
      takenBy: staffId(actorOf(1)),
      ...tightest(clocks, ({ slot }) => !ofOthers.has(slot)),
      triedAtMs: kind === "callback" ? state.lastUnreachedAtMs : null,
      visitAtMs: visitOf(state, clocks),
    },
    ...state.requests.map(
      ({ seq, by }): Task => ({
        seq,
        unitId: state.unitId,
        kind: "decide",
        keptOut: staffAmong([by]),
        askedBy: staffId(by),
        ...tightest(clocks, (clock) => clock.slot === "approval" && clock.subject === String(seq)),
        ...asked,
      }),
    ),
    ...state.consultations
      .filter(({ answered }) => !answered)
      .map(
        ({ seq, unitId }): Task => ({
          seq,
          unitId,
          kind: "consult",
          keptOut: [],
          askedBy: staffId(actorOf(seq)),
          ...tightest(clocks, (clock) => clock.slot === "consultation" && clock.subject === `${seq}:${unitId}`),
          ...asked,
        }),
      ),
  ];
}

/** Whether somebody is kept from a task by what he did on the order before. */
export const isKeptOut = ({ keptOut }: Pick<Task, "keptOut">, actor: Actor): boolean =>
  keptOut.some((id) => isSameActor({ kind: "staff", id }, actor));

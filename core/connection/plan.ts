// The steps of one connection as its schedule sees them: what waits for what, how long each may take, what is done.
import type { Clock } from "../clock/types.ts";
import type { Flow } from "../flow/definition.ts";
import { type OrderEvent, text } from "../flow/event.ts";
import type { OrderState } from "../flow/state.ts";
import type { Bilingual } from "../text.ts";
import { isReviewed } from "./process/checks.ts";
import type { Works } from "./process/forms.ts";
import type { Length, Task } from "./schedule.ts";
import { WHOLE } from "./process/stretches.ts";

export const taskTitles = {
  "plan-reply": { zh: "供电方案答复", en: "Supply plan" },
  documents: { zh: "补齐资料", en: "Missing documents" },
  fee: { zh: "业务费", en: "Fee" },
  "design-review": { zh: "设计审查", en: "Design review" },
  "customer-works": { zh: "客户工程", en: "Customer's works" },
  "utility-works": { zh: "业扩配套工程", en: "Utility-side works" },
  "mid-inspection": { zh: "中间检查", en: "Intermediate inspection" },
  "completion-inspection": { zh: "竣工检验", en: "Completion inspection" },
  contract: { zh: "供用电合同", en: "Supply contract" },
  energising: { zh: "装表接电", en: "Meter and energise" },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type TaskKey = keyof typeof taskTitles;

/** What is assumed where neither a rule nor the customer says how long it takes: a figure of this product. */
export const assumed = { customerWorksDays: 30, formalityDays: 1 } as const;

/** What the plan is made of. `limitOf`: how long the rules give a slot; `dayOf`: the day number an instant lies in. */
export type PlanWorld = {
  readonly flow: Flow;
  readonly state: OrderState;
  readonly events: readonly OrderEvent[];
  readonly clocks: readonly Clock[];
  readonly today: number;
  limitOf(slot: string): Length | null;
  dayOf(atMs: number): number;
  /** The day number of a date `YYYY-MM-DD`. */
  dateOf(date: string): number | null;
};

const noTime: Length = { days: 0, unit: "workingDay" };
const aDay: Length = { days: assumed.formalityDays, unit: "workingDay" };

/** The tasks of a connection, each after those it waits for. */
export function tasksOf(world: PlanWorld): readonly Task[] {
  const { flow, state, events } = world;
  const works = worksOf(flow, state);
  const reviewed = works === "CUSTOMER" && "design-review" in flow.steps && isReviewed(state);
  const done = (...types: readonly string[]) => {
    const event = events.findLast(({ type }) => types.includes(type));
    return event ? world.dayOf(event.atMs) : null;
  };
  const limited = (key: TaskKey, after: readonly TaskKey[], doneDay: number | null): Task => ({
    key,
    after,
    length: world.limitOf(key) ?? noTime,
    doneDay,
    expectedDay: doneDay === null ? dueDay(world, key) : null,
  });
  const formality = (key: TaskKey, after: readonly TaskKey[], length: Length, doneDay: number | null): Task => ({
    key,
    after,
    length,
    doneDay,
    expectedDay: null,
  });
  const tasks: Task[] = [limited("plan-reply", [], done("reply-plan"))];
  const hadMissing = state.missing.length > 0 || events.some(({ type }) => type === "supply-documents");
  if (hadMissing)
    tasks.push(
      formality(
        "documents",
        [],
        world.limitOf("missing-document") ?? aDay,
        state.missing.length > 0 ? null : done("supply-documents"),
      ),
    );
  if (state.marks["feeDue"] === true)
    tasks.push(formality("fee", ["plan-reply"], aDay, state.marks["feeSettled"] === true ? done("settle-fee") : null));
  if (reviewed)
    tasks.push(limited("design-review", ["plan-reply"], state.marks["design"] === "PASSED" ? done("pass-design") : null));
  if (works === "CUSTOMER") tasks.push(...customerWorks(world, reviewed, done));
  if (works === "UTILITY") tasks.push(limited("utility-works", ["plan-reply"], done("finish-utility-works")));
  tasks.push(formality("contract", ["plan-reply", ...(hadMissing ? (["documents"] as const) : [])], aDay, done("sign-contract")));
  const last = tasks.map(({ key }) => key as TaskKey).filter((key) => key !== "documents" && key !== "fee");
  const energising = limited("energising", last, done("energise"));
  tasks.push({ ...energising, length: withinWhole(energising, tasks, world.limitOf(WHOLE)) });
  return tasks;
}

// The limits of the steps may add up to more than the whole is promised in: the last step has what the others leave of it.
function withinWhole({ length, after }: Task, tasks: readonly Task[], whole: Length | null): Length {
  if (whole?.unit !== "workingDay" || length.unit !== "workingDay") return length;
  const before = (keys: readonly string[]): number =>
    Math.max(
      0,
      ...tasks
        .filter(({ key }) => keys.includes(key))
        .map((task) => before(task.after) + (task.length.unit === "workingDay" ? task.length.days : 0)),
    );
  return { ...length, days: Math.max(Math.min(1, length.days), Math.min(length.days, whole.days - before(after))) };
}

// Until the plan says which works follow, the shortest way is assumed.
function worksOf(flow: Flow, { marks }: OrderState): Works {
  if (typeof marks["works"] === "string") return marks["works"] as Works;
  return "utility-works" in flow.steps ? "NONE" : "CUSTOMER";
}

function customerWorks(world: PlanWorld, reviewed: boolean, done: (...types: readonly string[]) => number | null): Task[] {
  const { state } = world;
  const passed = done("pass-inspection");
  const isBuilt = passed !== null || state.step === "completion-inspection";
  const midPassed = reviewed && isBuilt;
  const building: Task = {
    key: "customer-works",
    after: reviewed ? ["plan-reply", "design-review"] : ["plan-reply"],
    length: { days: customersDays(state), unit: "calendarDay" },
    doneDay: isBuilt ? done("report-completion") : null,
    expectedDay: isBuilt ? null : expectedByCustomer(world),
  };
  const inspection: Task = {
    key: "completion-inspection",
    after: reviewed ? ["customer-works", "mid-inspection"] : ["customer-works"],
    length: world.limitOf("completion-inspection") ?? noTime,
    doneDay: passed,
    expectedDay: passed === null ? dueDay(world, "completion-inspection") : null,
  };
  if (!reviewed) return [building, inspection];
  return [
    building,
    {
      key: "mid-inspection",
      after: ["design-review"],
      length: world.limitOf("mid-inspection") ?? noTime,
      doneDay: midPassed ? done("pass-mid-inspection") : null,
      expectedDay: midPassed ? null : dueDay(world, "mid-inspection"),
    },
    inspection,
  ];
}

const customersDays = ({ details }: OrderState): number =>
  typeof details["customerWorksDays"] === "number" ? details["customerWorksDays"] : assumed.customerWorksDays;

// What the customer said last; otherwise as many days as were told at the application, from the day the plan was answered.
function expectedByCustomer({ state, events, dayOf, dateOf }: PlanWorld): number | null {
  const told = events.findLast(({ type, data }) => type === "follow-up" && text(data, "expectedOn") !== null);
  if (told) return dateOf(text(told.data, "expectedOn") as string);
  const began = events.find(({ type }) => type === "reply-plan");
  return began ? dayOf(began.atMs) + customersDays(state) : null;
}

// Where its clock runs, a step is expected by the tightest of its limits.
function dueDay({ clocks, dayOf }: PlanWorld, slot: string): number | null {
  const running = clocks.filter((clock) => clock.slot === slot && clock.status === "running" && clock.limitKind === "max");
  const due = running.flatMap(({ dueAtMs }) => (dueAtMs === null ? [] : [dueAtMs]));
  // A limit in days ends with the day: its last instant is that of the day itself.
  return due.length === 0 ? null : dayOf(Math.min(...due) - 1);
}

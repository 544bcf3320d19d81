// My work and the unit's work: what somebody has to do next, what a unit owes, what waits for others, and the visits of a day.
import { taskKindNames } from "@bihuan/core/flow/tasks/task.ts";
import { lanes } from "@bihuan/core/desk/work/lanes.ts";
import { z } from "zod";
import { defineOperation } from "./operation.ts";
import { Bilingual, CivilDate, Instant, Whole, WholeText } from "./text.ts";
import { OrderId, OrderRow, StaffRef, UnitRef } from "./work-order-views.ts";

const TAG = "desk";

export const TaskKindName = z.enum(taskKindNames as [(typeof taskKindNames)[number], ...(typeof taskKindNames)[number][]]);
export const LaneName = z.enum(lanes);

/** One thing that waits for somebody on an order. */
export const TaskRow = z
  .object({
    order: OrderRow,
    /** 0: the order's step. Otherwise the event that asked. */
    seq: z.int(),
    kind: TaskKindName,
    /** Who owes it: the responsible unit, or the one that was asked. */
    unit: UnitRef,
    /** Due by the clock of this task, which need not be the order's tightest; null where none runs. */
    dueAt: Instant.nullable(),
    dueFrom: Instant.nullable(),
    dueSlot: z.string().nullable(),
    /** What the reader does next; null where it is for others, or where his roles do nothing in this step. */
    action: z.object({ key: z.string(), title: Bilingual }).nullable(),
    /** Why it stands here: the reader has the order; his unit owes it and his role may; he asked; he took it in. */
    because: z.enum(["holding", "unit", "asked", "taken-in"]),
    /** Who asked for it; null for an order's step. */
    askedBy: StaffRef.nullable(),
    /** Of a callback that reached nobody: when it may be tried again. */
    tryAgainAt: Instant.nullable(),
    /** When somebody is expected at the customer's. */
    visitAt: Instant.nullable(),
    /** Consultations and decisions that this order still waits for, beside this task. */
    waitsFor: z.object({ consultations: z.int(), decisions: z.int() }),
    /** False where the reader never looked at the order. */
    seen: z.boolean(),
    /** What others did since the reader last looked: how much, and the last of it. */
    news: z.object({ count: z.int(), title: Bilingual, at: Instant, by: z.string().nullable() }).nullable(),
  })
  .meta({ id: "Task" });
export type TaskRow = z.infer<typeof TaskRow>;

export const TaskFilter = z.object({
  /** `mine`: what the reader has to do. `waiting`: what he asked, suspended or took in, and others have to do. */
  view: z.enum(["mine", "waiting"]).default("mine"),
  flow: z.string().max(64).optional(),
  kind: TaskKindName.optional(),
  /** Only of this unit and below. */
  unitId: Whole.optional(),
});
export type TaskFilter = z.infer<typeof TaskFilter>;

const Counted = z.object({ count: z.int(), more: z.boolean() });

const Owed = z.object({
  open: z.int(),
  /** Dispatched, and nobody has accepted it. */
  unaccepted: z.int(),
  overdue: z.int(),
});

/** Names under which a person keeps what was chosen; the page alone reads the values. */
export const settingNames = ["my-work", "order-views"] as const;

export const deskWorkOperations = {
  // A POST like the lists of orders: one address, whatever the filter.
  listTasks: defineOperation({
    method: "POST",
    path: "/desk/tasks/search",
    summary: { zh: "我的待办", en: "What I have to do, and what waits for others" },
    tag: TAG,
    access: "order.read",
    body: TaskFilter.extend({
      /** One lane; all of them one after the other where absent. */
      lane: LaneName.optional(),
      after: z.string().max(200).optional(),
      limit: z.int().min(1).max(100).default(30),
    }),
    response: z.object({
      /** Earliest due first; what is not timed comes last. */
      tasks: z.array(TaskRow),
      next: z.string().nullable(),
      /** Where the lanes end: what is due later than the first is for today, later than the second for later. */
      nowUntil: Instant,
      todayUntil: Instant,
      serverTime: Instant,
    }),
    errors: ["work-order.unit-unknown", "work-order.cursor-invalid"],
  }),
  countTasks: defineOperation({
    method: "POST",
    path: "/desk/tasks/count",
    summary: { zh: "待办数量", en: "How much there is in each lane" },
    tag: TAG,
    access: "order.read",
    body: TaskFilter,
    response: z.object({ now: Counted, today: Counted, later: Counted }),
    errors: ["work-order.unit-unknown"],
  }),
  unitWork: defineOperation({
    method: "GET",
    path: "/desk/unit-work",
    summary: { zh: "单位待办概览", en: "What a unit owes" },
    tag: TAG,
    access: "order.read",
    query: z.object({ unitId: WholeText.optional() }),
    response: z.object({
      unit: UnitRef,
      /** The units within reach from which one may choose: where the reader's roles are held. */
      nodes: z.array(UnitRef),
      parent: UnitRef.nullable(),
      total: Owed,
      /** More than so many are overdue: the figures of overdue orders are the least there are. */
      overdueMore: z.boolean(),
      /** The unit's own, then each unit right below it with all that lies under it. */
      units: z.array(Owed.extend({ unit: UnitRef, own: z.boolean() })),
      steps: z.array(z.object({ flow: z.string(), step: z.string(), kind: TaskKindName, count: z.int() })),
      /** Who has how much; null where there is too much to say so: choose a unit below. */
      people: z
        .array(z.object({ staff: StaffRef.nullable(), open: z.int(), overdue: z.int(), firstDueAt: Instant.nullable() }))
        .nullable(),
      /** Tasks that nobody may do: no level from the unit upwards has anybody with the role. */
      nobody: z.array(z.object({ unit: UnitRef, kind: TaskKindName, count: z.int() })),
      serverTime: Instant,
    }),
    errors: ["work-order.unit-unknown"],
  }),
  listVisits: defineOperation({
    method: "GET",
    path: "/desk/visits",
    summary: { zh: "当日预约", en: "The visits of a day" },
    tag: TAG,
    access: "order.read",
    query: z.object({ day: CivilDate.optional(), unitId: WholeText.optional() }),
    response: z.object({
      day: CivilDate,
      /** Earliest first. Agreed for an earlier day and not kept comes before, marked. */
      visits: z.array(
        z.object({
          order: OrderRow,
          at: Instant,
          missed: z.boolean(),
          mine: z.boolean(),
          /** Orders of the same person at about the same time: both cannot be kept. */
          conflicts: z.array(OrderId),
        }),
      ),
      more: z.boolean(),
      serverTime: Instant,
    }),
    errors: ["work-order.unit-unknown"],
  }),
  seeOrder: defineOperation({
    method: "POST",
    path: "/desk/orders/:orderId/seen",
    summary: { zh: "记下已阅版本", en: "Note which version of an order one has looked at" },
    tag: TAG,
    access: "order.read",
    params: z.object({ orderId: OrderId }),
    body: z.object({ version: Whole }),
    response: z.object({ version: z.int() }),
    errors: ["work-order.not-found"],
  }),
  readSetting: defineOperation({
    method: "GET",
    path: "/desk/settings/:name",
    summary: { zh: "读取个人偏好", en: "Read what one chose to keep" },
    tag: TAG,
    access: "signed-in",
    params: z.object({ name: z.enum(settingNames) }),
    response: z.object({ value: z.string().nullable().describe("JSON as the page wrote it; null where nothing was kept") }),
  }),
  saveSetting: defineOperation({
    method: "PUT",
    path: "/desk/settings/:name",
    summary: { zh: "保存个人偏好", en: "Keep a choice" },
    tag: TAG,
    access: "signed-in",
    params: z.object({ name: z.enum(settingNames) }),
    body: z.object({ value: z.string().max(20_000).nullable() }),
    response: z.object({ value: z.string().nullable() }),
    errors: ["desk.person-only"],
  }),
};

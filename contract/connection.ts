// Service connections: their tracking table, the plan of one, the sheet a customer takes home, and how many were in time.
import { ageingBuckets } from "@bihuan/core/connection/ageing.ts";
import { nodeStates, trackedSlots } from "@bihuan/core/connection/tracking.ts";
import { z } from "zod";
import { defineOperation } from "./operation.ts";
import { Bilingual, CivilDate, Instant, WholeText } from "./text.ts";
import { OrderId, OrderRow } from "./work-order-views.ts";

const TAG = "connection";
const count = z.int().min(0);

export const TrackedNode = z.object({
  state: z.enum(nodeStates),
  /** By the tightest limit of the last round; null while it waits for the customer. */
  dueAt: Instant.nullable(),
  actualAt: Instant.nullable(),
  /** How often it was begun. */
  rounds: count,
});
export type TrackedNode = z.infer<typeof TrackedNode>;

/** One line of the process tracking table (业扩流程跟踪表). */
export const ConnectionRow = z
  .object({
    ...OrderRow.shape,
    /** The date the customer wants the supply on, where one was told. */
    wantedOn: CivilDate.nullable(),
    /** Documents to follow: how many are missing, and when the first is due. */
    missingDocuments: count,
    missingDueAt: Instant.nullable(),
    contractSignedAt: Instant.nullable(),
    /** Calendar days since acceptance, up to energising or the close. */
    ageDays: count,
    nodes: z.object(Object.fromEntries(trackedSlots.map((slot) => [slot, TrackedNode]))),
  })
  .meta({ id: "ConnectionRow" });
export type ConnectionRow = z.infer<typeof ConnectionRow>;

export const ConnectionFilter = z.object({
  /** The hall that took it in, or anything below a unit; all one may see where absent. */
  unitId: WholeText.optional(),
  flow: z.string().max(64).optional(),
  /** `open` is under way, suspended ones included. */
  state: z.enum(["open", "closed", "all"]).default("open"),
  /** Only those that missed a limit, or run past one now. */
  only: z.enum(["late"]).optional(),
});
export type ConnectionFilter = z.infer<typeof ConnectionFilter>;

/** A step of the schedule. Dates are local ones of the responsible unit. */
export const PlannedTask = z.object({
  key: z.string(),
  title: Bilingual,
  /** How long it may take. */
  days: count,
  unit: z.enum(["workingDay", "calendarDay"]),
  doneOn: CivilDate.nullable(),
  /** The earliest day on which it can be done as things stand; null once it is done. */
  earliestOn: CivilDate.nullable(),
  /** By when it must have begun and be done for the wanted date to be kept. */
  latestStartOn: CivilDate.nullable(),
  latestOn: CivilDate.nullable(),
  /** Working days to spare; negative where it comes too late. */
  slackDays: z.int().nullable(),
  critical: z.boolean(),
});
export type PlannedTask = z.infer<typeof PlannedTask>;

export const ConnectionPlan = z
  .object({
    wantedOn: CivilDate.nullable(),
    today: CivilDate,
    /** Null where the plan reaches beyond the years the calendar knows. */
    schedule: z
      .object({
        expectedOn: CivilDate,
        slackDays: z.int().nullable(),
        /** The step to look at first; null once everything is done. */
        critical: z.string().nullable(),
        tasks: z.array(PlannedTask),
      })
      .nullable(),
  })
  .meta({ id: "ConnectionPlan" });
export type ConnectionPlan = z.infer<typeof ConnectionPlan>;

const share = z.number().min(0).max(1).nullable();
const ClassCompliance = z.object({
  archived: count,
  complying: count,
  /** Archived without any limit that could judge them. */
  unjudged: count,
  /** complying / (archived − unjudged), six decimals. */
  rate: share,
  /** Mean calendar days from acceptance to energising, two decimals. */
  averageDays: z.number().nullable(),
});
const figures = {
  archived: count,
  /** The weighted rate over the classes in which anything was judged, six decimals. */
  rate: share,
  highVoltage: ClassCompliance,
  lowVoltage: ClassCompliance,
  generationAndCharging: ClassCompliance,
};
export const ConnectionCompliance = z.object(figures).meta({ id: "ConnectionCompliance" });
export type ConnectionCompliance = z.infer<typeof ConnectionCompliance>;

export const MOST_COMPLIANCE_DAYS = 366;
export const ComplianceQuery = z.object({
  /** First and last day of archiving, local; today where absent. */
  from: CivilDate.optional(),
  to: CivilDate.optional(),
  unitId: WholeText.optional(),
  by: z.enum(["day", "unit"]).default("day"),
});
export type ComplianceQuery = z.infer<typeof ComplianceQuery>;

export const connectionOperations = {
  trackConnections: defineOperation({
    method: "GET",
    path: "/connections",
    summary: { zh: "业扩流程跟踪表", en: "Process tracking table of connections" },
    tag: TAG,
    access: "order.read",
    query: ConnectionFilter.extend({
      /** `due`: earliest due first; `intake`: newest first. */
      sort: z.enum(["due", "intake"]).default("due"),
      after: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ connections: z.array(ConnectionRow), next: z.string().nullable(), serverTime: Instant }),
    errors: ["work-order.cursor-invalid"],
  }),
  exportConnections: defineOperation({
    method: "GET",
    path: "/connections/export",
    summary: { zh: "导出业扩流程跟踪表（CSV）", en: "Export the tracking table as CSV" },
    tag: TAG,
    access: "order.export",
    query: ConnectionFilter,
    produces: "text/csv; charset=utf-8",
  }),
  readConnectionPlan: defineOperation({
    method: "GET",
    path: "/connections/:orderId/plan",
    summary: { zh: "业扩倒排工期", en: "The plan of a connection, scheduled backwards" },
    tag: TAG,
    access: "order.read",
    params: z.object({ orderId: OrderId }),
    response: ConnectionPlan,
    errors: ["work-order.not-found", "connection.not-a-connection"],
  }),
  readOneTimeNotice: defineOperation({
    method: "GET",
    path: "/connections/:orderId/notice",
    summary: { zh: "一次性告知书（PDF）", en: "One-time notification sheet as PDF" },
    tag: TAG,
    access: "order.read",
    params: z.object({ orderId: OrderId }),
    produces: "application/pdf",
    errors: ["work-order.not-found", "connection.not-a-connection"],
  }),
  reportConnectionCompliance: defineOperation({
    method: "GET",
    path: "/reports/connection-compliance",
    summary: { zh: "业扩服务时限达标率", en: "Compliance rate of connections" },
    tag: TAG,
    access: "report.read",
    query: ComplianceQuery,
    response: z.object({
      from: CivilDate,
      to: CivilDate,
      by: z.enum(["day", "unit"]),
      weights: z.object({ highVoltage: count, lowVoltage: count, generationAndCharging: count }),
      total: ConnectionCompliance,
      /** A row for each day on which something was archived, or for each hall. */
      rows: z.array(z.object({ group: z.string(), unitId: z.int().nullable(), ...figures })),
    }),
    errors: ["connection.period-too-long"],
  }),
  exportConnectionCompliance: defineOperation({
    method: "GET",
    path: "/reports/connection-compliance/export",
    summary: { zh: "导出业扩服务时限达标率（CSV）", en: "Export the compliance rate of connections as CSV" },
    tag: TAG,
    access: "report.read",
    query: ComplianceQuery,
    produces: "text/csv; charset=utf-8",
    errors: ["connection.period-too-long"],
  }),
  reportConnectionAgeing: defineOperation({
    method: "GET",
    path: "/reports/connection-ageing",
    summary: { zh: "在途业扩时长分布", en: "Age of connections under way" },
    tag: TAG,
    access: "report.read",
    query: z.object({ unitId: WholeText.optional() }),
    response: z.object({
      rows: z.array(
        z.object({
          flow: z.string(),
          title: Bilingual,
          open: count,
          averageDays: z.number().nullable(),
          buckets: z.object(Object.fromEntries(ageingBuckets.map((bucket) => [bucket, count]))),
        }),
      ),
    }),
  }),
};

// Reports over orders and imported histories: timeliness, time in states, a file's own verdicts beside ours, and what was promised
// on the average.
import { z } from "zod";
import { Authority, LimitUnit } from "@bihuan/core/clock/types.ts";
import { defineOperation } from "./operation.ts";
import { Bilingual, Instant } from "./text.ts";

const TAG = "report";

/** Nothing (the whole), one label, or a label for each of several dimensions. A label is null where the case has none. */
export const ReportGroup = z.union([z.string(), z.null(), z.record(z.string(), z.string().nullable())]);
export type ReportGroup = z.infer<typeof ReportGroup>;

const count = z.int().min(0);
const hours = z.number().nullable();

export const TimelinessRow = z
  .object({
    group: ReportGroup,
    total: count,
    closed: count,
    open: count,
    /**
     * Closed at the due time or before it. Orders of this system are judged by the maxima of the law and of promises; each belongs
     * to the unit that handled it; until it is dispatched, to the one that has it.
     */
    closedOnTime: count,
    closedLate: count,
    closedWithoutLimit: count,
    /** Open with a due time before the instant of the report. */
    openOverdue: count,
    openWithinLimit: count,
    openWithoutLimit: count,
    /** Closed before opened: an error of the source, left out of the hours. */
    negativeDuration: count,
    /** closedOnTime / (closedOnTime + closedLate), six decimals. */
    onTimeRate: z.number().nullable(),
    /** Hours from opened to closed, four decimals. */
    medianHours: hours,
    /** Nearest rank: value number ⌈0.9 n⌉. */
    p90Hours: hours,
    meanHours: hours,
    /** Orders that missed a maximum of the house itself, on time or late. Absent where there is no order of this system. */
    internalMissed: count.optional(),
  })
  .meta({ id: "TimelinessRow" });
export type TimelinessRow = z.infer<typeof TimelinessRow>;

export const StatesRow = z
  .object({
    group: ReportGroup,
    cases: count,
    events: count,
    eventsByState: z.record(z.string(), count),
    /** Time to the next step, credited to the state of the earlier one; two decimals. */
    stateHours: z.record(z.string(), z.number()),
    pausedHours: z.number(),
    /** Cases with a pause whose end the file shows. */
    casesPaused: count,
    /** From the earliest to the latest step of a case. */
    medianThroughputHours: hours,
    p90ThroughputHours: hours,
    /** Throughput without the pauses. */
    medianNetHours: hours,
    p90NetHours: hours,
  })
  .meta({ id: "StatesRow" });
export type StatesRow = z.infer<typeof StatesRow>;

export const VerdictsRow = z
  .object({
    group: ReportGroup,
    cases: count,
    /** What the file itself says. */
    givenMet: count,
    givenMissed: count,
    givenUnknown: count,
    /** givenMet / (givenMet + givenMissed), six decimals. */
    givenMetRate: z.number().nullable(),
    /** What its times say at the instant of the report: closed late or open overdue is missed, any other limit met. */
    ourMet: count,
    ourMissed: count,
    ourUnknown: count,
    /** Cases with both verdicts that say the same, or not; a case without a limit cannot be missed. */
    agreeing: count,
    disagreeing: count,
    reassigned: count,
    reopened: count,
    resolved: count,
    medianResolveHours: hours,
    p90ResolveHours: hours,
    medianCloseHours: hours,
    p90CloseHours: hours,
    ended: count,
    endedAfterPlan: count,
  })
  .meta({ id: "VerdictsRow" });
export type VerdictsRow = z.infer<typeof VerdictsRow>;

export const AveragesRow = z
  .object({
    group: ReportGroup,
    /** The rule that says so, and what it is called. */
    pack: z.string(),
    rule: z.string(),
    title: Bilingual,
    slot: z.string(),
    authority: Authority,
    amount: z.number(),
    unit: LimitUnit,
    /** The amount in words. */
    limit: Bilingual,
    /** Clocks of the rule that have ended, in time for their target or not; one that lapsed timed what did not happen. */
    cases: count,
    /** Of these, longer than the average allows. */
    above: count,
    /** What they took on the average, in the limit's unit, without what stopped them; two decimals. */
    mean: z.number(),
    /** The mean is at most the amount. */
    met: z.boolean(),
  })
  .meta({ id: "AveragesRow" });
export type AveragesRow = z.infer<typeof AveragesRow>;

export const ReportQuery = z.object({
  /** Name of an import, or the name of its file; everything one may see where absent. */
  import: z.string().min(1).max(255).optional(),
  /** `unit`, `type`, `month`, `priority`, `channel`, `state` or a mapped column; several with commas. */
  by: z.string().max(500).optional(),
  /** The instant at which open cases are judged; now where absent. Without an offset it is read in the zone of each import. */
  asOf: z.string().max(40).optional(),
});
export type ReportQuery = z.infer<typeof ReportQuery>;

export const ImportRun = z
  .object({
    importId: z.int(),
    name: z.string(),
    kind: z.enum(["service-requests", "ticket-events"]),
    fileName: z.string(),
    fileSha256: z.string(),
    zone: z.string(),
    belowUnitId: z.int(),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    rowsRead: count,
    casesLoaded: count,
    casesKnown: count,
    rowsRejected: count,
    /** What reports over it can be grouped by. */
    dimensions: z.array(z.string()),
  })
  .meta({ id: "ImportRun" });
export type ImportRun = z.infer<typeof ImportRun>;

const errors = ["import.unknown", "report.dimension-unknown", "report.too-many-dimensions", "report.instant-unreadable"] as const;
const rowsOf = <Row extends z.ZodType>(row: Row) => z.object({ by: z.array(z.string()), asOf: z.string(), rows: z.array(row) });

export const reportOperations = {
  listImports: defineOperation({
    method: "GET",
    path: "/imports",
    summary: { zh: "列出历史数据导入", en: "List imports of histories" },
    tag: TAG,
    access: "report.read",
    response: z.object({ imports: z.array(ImportRun) }),
  }),
  reportTimeliness: defineOperation({
    method: "GET",
    path: "/reports/timeliness",
    summary: { zh: "时限达标报表", en: "Timeliness" },
    tag: TAG,
    access: "report.read",
    query: ReportQuery,
    response: rowsOf(TimelinessRow),
    errors,
  }),
  reportStates: defineOperation({
    method: "GET",
    path: "/reports/states",
    summary: { zh: "各状态用时报表", en: "Time in states" },
    tag: TAG,
    access: "report.read",
    query: ReportQuery.omit({ asOf: true }),
    response: rowsOf(StatesRow).omit({ asOf: true }),
    errors,
  }),
  reportVerdicts: defineOperation({
    method: "GET",
    path: "/reports/verdicts",
    summary: { zh: "原系统结论对照报表", en: "The files' own verdicts beside ours" },
    tag: TAG,
    access: "report.read",
    query: ReportQuery,
    response: rowsOf(VerdictsRow),
    errors,
  }),
  reportAverages: defineOperation({
    method: "GET",
    path: "/reports/averages",
    summary: {
      zh: "平均时限报表：按平均承诺的时限评价总体",
      en: "Averages: what was promised on the average, over the population",
    },
    tag: TAG,
    access: "report.read",
    query: ReportQuery.pick({ by: true }),
    response: rowsOf(AveragesRow).omit({ asOf: true }),
    errors,
  }),
  exportReport: defineOperation({
    method: "GET",
    path: "/reports/:report/export",
    summary: { zh: "导出报表（CSV）", en: "Export a report as CSV" },
    tag: TAG,
    access: "report.read",
    params: z.object({ report: z.enum(["timeliness", "states", "verdicts", "averages"]) }),
    query: ReportQuery,
    produces: "text/csv; charset=utf-8",
    errors,
  }),
};

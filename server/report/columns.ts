// The columns of a report for people, in both languages: on the terminal, in exports, on the screen.
import { limitText } from "@bihuan/core/clock/duration-text.ts";
import { origins, urgencies } from "@bihuan/core/flow/intake.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { AveragesRow, StatesRow, TimelinessRow, VerdictsRow } from "@bihuan/contract/report.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";

export type ReportCell = string | number | null;
type Language = "zh" | "en";
export type ReportColumn<Row> = { readonly title: Bilingual; value(row: Row, language: Language): ReportCell };

const column = <Row>(zh: string, en: string, value: (row: Row, language: Language) => ReportCell): ReportColumn<Row> => ({
  title: { zh, en },
  value,
});

const timelinessFixed: readonly ReportColumn<TimelinessRow>[] = [
  column("总数", "Total", (row) => row.total),
  column("已办结", "Closed", (row) => row.closed),
  column("在途", "Open", (row) => row.open),
  column("按时办结", "On time", (row) => row.closedOnTime),
  column("超时办结", "Late", (row) => row.closedLate),
  column("办结无时限", "Closed, no limit", (row) => row.closedWithoutLimit),
  column("在途超时", "Open, overdue", (row) => row.openOverdue),
  column("在途未到期", "Open, within limit", (row) => row.openWithinLimit),
  column("在途无时限", "Open, no limit", (row) => row.openWithoutLimit),
  column("办结早于受理", "Closed before opened", (row) => row.negativeDuration),
  column("及时率", "On-time rate", (row) => row.onTimeRate),
  column("中位小时", "Median hours", (row) => row.medianHours),
  column("P90 小时", "P90 hours", (row) => row.p90Hours),
  column("平均小时", "Mean hours", (row) => row.meanHours),
];
const internalColumn = column<TimelinessRow>("超内部时限", "Internal limit missed", (row) => row.internalMissed ?? null);

/** The columns of the timeliness report. Internal limits are a matter of this system's orders: files know none. */
export const timelinessColumns = (rows: readonly TimelinessRow[]): readonly ReportColumn<TimelinessRow>[] =>
  rows.some((row) => row.internalMissed !== undefined) ? [...timelinessFixed, internalColumn] : timelinessFixed;

export const verdictsColumns: readonly ReportColumn<VerdictsRow>[] = [
  column("总数", "Cases", (row) => row.cases),
  column("原结论达标", "Given: met", (row) => row.givenMet),
  column("原结论超时", "Given: missed", (row) => row.givenMissed),
  column("原结论不明", "Given: unknown", (row) => row.givenUnknown),
  column("原达标率", "Given rate", (row) => row.givenMetRate),
  column("本系统达标", "Ours: met", (row) => row.ourMet),
  column("本系统超时", "Ours: missed", (row) => row.ourMissed),
  column("无时限", "Ours: no limit", (row) => row.ourUnknown),
  column("一致", "Agreeing", (row) => row.agreeing),
  column("不一致", "Disagreeing", (row) => row.disagreeing),
  column("转派", "Reassigned", (row) => row.reassigned),
  column("重开", "Reopened", (row) => row.reopened),
  column("已解决", "Resolved", (row) => row.resolved),
  column("解决中位小时", "Median resolve hours", (row) => row.medianResolveHours),
  column("解决 P90 小时", "P90 resolve hours", (row) => row.p90ResolveHours),
  column("办结中位小时", "Median close hours", (row) => row.medianCloseHours),
  column("办结 P90 小时", "P90 close hours", (row) => row.p90CloseHours),
  column("已结束", "Ended", (row) => row.ended),
  column("晚于计划", "Ended after plan", (row) => row.endedAfterPlan),
];

const authorityTitles: Readonly<Record<AveragesRow["authority"], Bilingual>> = {
  law: { zh: "法规", en: "Law" },
  promise: { zh: "承诺", en: "Promise" },
  internal: { zh: "内部", en: "Internal" },
};
const verdicts: Readonly<Record<"met" | "missed", Bilingual>> = {
  met: { zh: "达标", en: "Met" },
  missed: { zh: "未达标", en: "Not met" },
};

export const averagesColumns: readonly ReportColumn<AveragesRow>[] = [
  column("规则", "Rule", (row, language) => row.title[language]),
  column("依据类别", "Authority", (row, language) => authorityTitles[row.authority][language]),
  column("平均时限", "Average allowed", (row, language) => row.limit[language]),
  column("实际平均", "Average taken", (row, language) => limitText(row.mean, row.unit)[language]),
  column("件数", "Cases", (row) => row.cases),
  column("超过平均时限件数", "Longer than the average", (row) => row.above),
  column("结论", "Verdict", (row, language) => verdicts[row.met ? "met" : "missed"][language]),
];

const statesFixed: readonly ReportColumn<StatesRow>[] = [
  column("件数", "Cases", (row) => row.cases),
  column("步数", "Steps", (row) => row.events),
  column("停表小时", "Paused hours", (row) => row.pausedHours),
  column("停表件数", "Cases paused", (row) => row.casesPaused),
  column("历时中位小时", "Median throughput hours", (row) => row.medianThroughputHours),
  column("历时 P90 小时", "P90 throughput hours", (row) => row.p90ThroughputHours),
  column("净时中位小时", "Median net hours", (row) => row.medianNetHours),
  column("净时 P90 小时", "P90 net hours", (row) => row.p90NetHours),
];

// States and dimensions bear the names that files give them, `constructor` among them.
const own = <Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

/** The columns of the states report: the fixed ones, then steps and hours of each state that occurs. */
export function statesColumns(rows: readonly StatesRow[]): readonly ReportColumn<StatesRow>[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.eventsByState)))].sort();
  return [
    ...statesFixed,
    ...names.flatMap((name) => [
      column<StatesRow>(`${name} 步数`, `${name}: steps`, (row) => own(row.eventsByState, name) ?? 0),
      column<StatesRow>(`${name} 小时`, `${name}: hours`, (row) => own(row.stateHours, name) ?? 0),
    ]),
  ];
}

type Grouped = {
  readonly group: string | null | Readonly<Record<string, string | null>>;
  /** Given where the row counts orders of this system, whose labels are codes; a file's labels are its own words. */
  readonly internalMissed?: number | undefined;
};

const titled = (things: Readonly<Record<string, { readonly title: Bilingual }>>): Record<string, Bilingual> =>
  Object.fromEntries(Object.entries(things).map(([code, { title }]) => [code, title]));
/** What the codes of this system's orders are called, by dimension. */
const codeTitles: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = {
  type: Object.fromEntries(flows.all.map(({ id, title }) => [id, title])),
  channel: origins,
  priority: urgencies,
  state: Object.assign({}, ...flows.all.map(({ steps }) => titled(steps)).toReversed()) as Record<string, Bilingual>,
};

/** A report as a table: a column for each dimension, then the figures. In: which rows count orders of this system. */
export function reportTable<Row extends Grouped>(
  by: readonly string[],
  rows: readonly Row[],
  columns: readonly ReportColumn<Row>[],
  language: Language,
  isOurs: (row: Row) => boolean = ({ internalMissed }) => internalMissed !== undefined,
): { header: string[]; rows: ReportCell[][] } {
  const labels = (row: Row): (string | null)[] =>
    by.map((dimension) => {
      const { group } = row;
      const label = typeof group === "object" && group !== null ? (own(group, dimension) ?? null) : group;
      if (label === null || !isOurs(row)) return label;
      return own(own(codeTitles, dimension) ?? {}, label)?.[language] ?? label;
    });
  return {
    header: [
      ...by.map((dimension) => own(dimensionTitles, dimension)?.[language] ?? dimension),
      ...columns.map(({ title }) => title[language]),
    ],
    rows: rows.map((row) => [...labels(row), ...columns.map(({ value }) => value(row, language))]),
  };
}

/** The words every file shares; columns of a file keep their own names. */
const dimensionTitles: Readonly<Record<string, Bilingual>> = {
  unit: { zh: "单位", en: "Unit" },
  type: { zh: "类型", en: "Type" },
  month: { zh: "月份", en: "Month" },
  priority: { zh: "优先级", en: "Priority" },
  channel: { zh: "渠道", en: "Channel" },
  state: { zh: "状态", en: "State" },
};

// The tracking table as a table for spreadsheets, streamed page by page; who took it is recorded first.
import { Readable } from "node:stream";
import type { ConnectionFilter, ConnectionRow } from "@bihuan/contract/connection.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import { compileZone } from "@bihuan/core/calendar/zone.ts";
import { localInstant } from "@bihuan/core/clock/duration-text.ts";
import { trackedSlots, type NodeState } from "@bihuan/core/connection/tracking.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import type { z } from "zod";
import { todayAt } from "../customer/view.ts";
import { actorOf, filterFacts, recordAccess } from "../identity/access-log/commands.ts";
import { CSV_BYTE_ORDER_MARK, csvLine, csvTable } from "../platform/files/csv-line.ts";
import type { Download } from "../platform/http/operations.ts";
import type { Platform } from "../platform/platform.ts";
import type { Cursor } from "../work-order/queries/page.ts";
import { slotTitle } from "../work-order/views/titles.ts";
import type { ComplianceReport } from "./compliance.ts";
import { trackPage } from "./tracking.ts";

const PAGE = 500;
const fixed: readonly Bilingual[] = [
  { zh: "工单号", en: "Order" },
  { zh: "业务类型", en: "Kind" },
  { zh: "子类", en: "Subtype" },
  { zh: "标题", en: "Title" },
  { zh: "受理单位", en: "Hall" },
  { zh: "责任单位", en: "Responsible unit" },
  { zh: "环节", en: "Step" },
  { zh: "受理时间", en: "Accepted" },
  { zh: "历时（天）", en: "Days" },
  { zh: "期望送电", en: "Wanted on" },
  { zh: "缺件数", en: "Documents missing" },
  { zh: "合同签订", en: "Contract signed" },
];
const nodeColumns: readonly Bilingual[] = [
  { zh: "应完成", en: "due" },
  { zh: "实完成", en: "done" },
  { zh: "状态", en: "state" },
];
const states: Readonly<Record<NodeState, Bilingual>> = {
  NONE: { zh: "", en: "" },
  RUNNING: { zh: "进行中", en: "running" },
  OVERDUE: { zh: "已超时", en: "overdue" },
  PAUSED: { zh: "待客户", en: "waits for the customer" },
  MET: { zh: "按时", en: "in time" },
  MISSED: { zh: "超时完成", en: "late" },
};

const everyNode = flows.get("connection-hv-single");
const heading = (language: "zh" | "en"): string[] => [
  ...fixed.map((title) => title[language]),
  ...trackedSlots.flatMap((slot) => nodeColumns.map((column) => `${slotTitle(everyNode, slot)[language]} ${column[language]}`)),
];

/** Exports what a filter finds within the reach of exporting. */
export async function exportTracking(
  platform: Platform,
  tree: OrganisationTree,
  scope: Scope,
  filter: ConnectionFilter,
  language: "zh" | "en",
  address: string,
): Promise<Download> {
  const nowMs = platform.time.nowMs();
  await recordAccess(platform.db, nowMs, actorOf(scope, address), {
    action: "EXPORTED",
    recordKind: "order",
    facts: { table: "connections", ...filterFacts(filter) },
  });
  async function* lines() {
    yield CSV_BYTE_ORDER_MARK + csvLine(heading(language));
    let after: Cursor | null = null;
    for (;;) {
      const page = await trackPage(platform.db, { scope, tree, nowMs }, filter, {
        sort: "intake",
        after,
        limit: PAGE,
        permission: "order.export",
      });
      yield page.map(({ view }) => line(view, tree, language)).join("");
      const last = page.at(-1)?.row;
      if (!last || page.length < PAGE) return;
      after = { atMs: last.intake_at, orderId: last.order_id };
    }
  }
  return { body: Readable.from(lines()), fileName: `connections-${todayAt(tree, scope.homeUnitId, nowMs)}.csv` };
}

function line(row: z.input<typeof ConnectionRow>, tree: OrganisationTree, language: "zh" | "en"): string {
  const flow = flows.get(row.flow);
  const zone = compileZone(tree.zoneOf(row.deskUnit.unitId));
  const local = (at: string | null, asEnd = false) => {
    if (at === null) return "";
    const { date, time } = localInstant(zone, Date.parse(at), asEnd);
    return `${date} ${time}`;
  };
  return csvLine([
    // A number of 19 digits loses its end in a spreadsheet: the hyphens keep it text.
    row.orderId.replace(/^(\d{3})(\d{8})(\d{8})$/, "$1-$2-$3"),
    flow.title[language],
    row.subtype === null ? "" : (flow.subtypes[row.subtype]?.[language] ?? row.subtype),
    row.title,
    row.deskUnit.name,
    row.unit.name,
    row.step === null ? "" : (flow.steps[row.step]?.title[language] ?? row.step),
    local(row.intakeAt),
    row.ageDays,
    row.wantedOn,
    row.missingDocuments,
    local(row.contractSignedAt),
    ...trackedSlots.flatMap((slot) => {
      const node = row.nodes[slot];
      return node ? [local(node.dueAt, true), local(node.actualAt), states[node.state][language]] : ["", "", ""];
    }),
  ]);
}

const classTitles = {
  highVoltage: { zh: "高压", en: "High voltage" },
  lowVoltage: { zh: "低压", en: "Low voltage" },
  generationAndCharging: { zh: "分布式与充电桩", en: "Generation and charging" },
} as const;
const classColumns: readonly Bilingual[] = [
  { zh: "归档", en: "archived" },
  { zh: "达标", en: "in time" },
  { zh: "无时限", en: "no limit" },
  { zh: "达标率", en: "rate" },
  { zh: "平均天数", en: "mean days" },
];

/** The compliance rate as a table for spreadsheets: a line for each day or hall, the total last. */
export function complianceTable({ by, rows, total, from, to }: ComplianceReport, language: "zh" | "en"): string {
  const classes = Object.entries(classTitles) as [keyof typeof classTitles, Bilingual][];
  const first: Bilingual = by === "day" ? { zh: "日期", en: "Day" } : { zh: "营业厅", en: "Hall" };
  const figures = (of: ComplianceReport["total"]) => [
    of.archived,
    of.rate,
    ...classes.flatMap(([key]) => [of[key].archived, of[key].complying, of[key].unjudged, of[key].rate, of[key].averageDays]),
  ];
  return csvTable([
    [
      first[language],
      { zh: "归档合计", en: "Archived" }[language],
      { zh: "达标率", en: "Rate" }[language],
      ...classes.flatMap(([, title]) => classColumns.map((column) => `${title[language]} ${column[language]}`)),
    ],
    ...rows.map((row) => [row.group, ...figures(row)]),
    [`${{ zh: "合计", en: "Total" }[language]} ${from} – ${to}`, ...figures(total)],
  ]);
}

// Orders as a table for spreadsheets: streamed page by page, personal data masked, who took it recorded.
import { Readable } from "node:stream";
import type { OrderRow } from "@bihuan/contract/work-order.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import { formatCivilDate } from "@bihuan/core/calendar/civil-date.ts";
import { compileZone, toLocalMs } from "@bihuan/core/calendar/zone.ts";
import { origins } from "@bihuan/core/flow/intake.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { todayAt } from "../../customer/view.ts";
import { actorOf, filterFacts, recordAccess } from "../../identity/access-log/commands.ts";
import { CSV_BYTE_ORDER_MARK, csvLine } from "../../platform/files/csv-line.ts";
import type { Download } from "../../platform/http/operations.ts";
import type { Platform } from "../../platform/platform.ts";
import { conditionOf, type Filter } from "./list-queries.ts";
import { type Cursor, type ListRow, pageByIntake } from "./page.ts";
import { contactHidden } from "../views/personal.ts";
import { rowView } from "../views/view.ts";

const PAGE = 1000;
const headings = {
  zh: [
    "工单号",
    "业务类型",
    "子类",
    "状态",
    "环节",
    "责任单位",
    "受理单位",
    "承办人",
    "标题",
    "联系人",
    "地址",
    "来源",
    "受理时间",
    "到期时间",
    "办结时间",
    "超时项数",
    "超内部时限项数",
    "催办次数",
  ],
  en: [
    "Order",
    "Kind",
    "Subtype",
    "Status",
    "Step",
    "Responsible unit",
    "Desk",
    "Holder",
    "Title",
    "Contact",
    "Address",
    "Origin",
    "Taken in",
    "Due",
    "Closed",
    "Limits missed",
    "Internal limits missed",
    "Urges",
  ],
} as const;

const statusTitles: Readonly<Record<OrderRow["status"], Bilingual>> = {
  OPEN: { zh: "在途", en: "In flight" },
  SUSPENDED: { zh: "已挂起", en: "Suspended" },
  ARCHIVED: { zh: "已归档", en: "Archived" },
  TERMINATED: { zh: "已终止", en: "Terminated" },
  WITHDRAWN: { zh: "已撤单", en: "Withdrawn" },
};

/** Exports what a filter finds within the reach of exporting. The record of the export is durable before the first row leaves. */
export async function exportOrders(
  platform: Platform,
  tree: OrganisationTree,
  scope: Scope,
  filter: Filter,
  language: "zh" | "en",
  address: string,
): Promise<Download> {
  const nowMs = platform.time.nowMs();
  const condition = conditionOf(scope, tree, filter, nowMs, "order.export");
  await recordAccess(platform.db, nowMs, actorOf(scope, address), {
    action: "EXPORTED",
    recordKind: "order",
    facts: filterFacts(filter),
  });
  async function* lines() {
    yield CSV_BYTE_ORDER_MARK + csvLine(headings[language]);
    let after: Cursor | null = null;
    for (;;) {
      const rows: ListRow[] = await pageByIntake(platform.db, condition, after, PAGE);
      yield rows.map((row) => line(row, scope, tree, language)).join("");
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = { atMs: last.intake_at, orderId: last.order_id };
    }
  }
  return { body: Readable.from(lines()), fileName: `orders-${todayAt(tree, scope.homeUnitId, nowMs)}.csv` };
}

function line(row: ListRow, scope: Scope, tree: OrganisationTree, language: "zh" | "en"): string {
  const view = rowView(row, tree, contactHidden(scope, tree, { identity: row.identity, deskUnitId: row.desk_unit_id }));
  const flow = flows.get(row.flow);
  const zone = compileZone(tree.zoneOf(row.unit_id));
  const local = (atMs: number | null) => (atMs === null ? "" : localText(toLocalMs(zone, atMs)));
  return csvLine([
    // A number of 19 digits loses its end in a spreadsheet: the hyphens keep it text.
    row.order_id.replace(/^(\d{3})(\d{8})(\d{8})$/, "$1-$2-$3"),
    flow.title[language],
    row.subtype === null ? "" : (flow.subtypes[row.subtype]?.[language] ?? row.subtype),
    statusTitles[view.status][language],
    row.step === null ? "" : (flow.steps[row.step]?.title[language] ?? row.step),
    view.unit.name,
    view.deskUnit.name,
    row.holder_name,
    view.title,
    view.contactName,
    view.address,
    origins[row.origin as keyof typeof origins]?.[language] ?? row.origin,
    local(row.intake_at),
    local(row.due_at),
    local(row.closed_at),
    row.missed,
    row.missed_internal,
    row.urges,
  ]);
}

const localText = (localMs: number) => {
  const seconds = Math.floor((localMs % 86_400_000) / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${formatCivilDate(Math.floor(localMs / 86_400_000))} ${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

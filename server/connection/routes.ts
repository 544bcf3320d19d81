// The routes of service connections.
import type { ComplianceQuery, connectionOperations } from "@bihuan/contract/connection.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import { actorOf, recordAccess } from "../identity/access-log/commands.ts";
import type { Handlers } from "../platform/http/operations.ts";
import { fontsOf } from "../platform/pdf/fonts.ts";
import { drawSheet } from "../platform/pdf/sheet.ts";
import type { Platform } from "../platform/platform.ts";
import { instant } from "../platform/sql.ts";
import { orderPorts } from "../work-order/ports.ts";
import { readCursor, writeCursor } from "../work-order/queries/page.ts";
import { readOrder } from "../work-order/queries/read-order.ts";
import { contactHidden } from "../work-order/views/personal.ts";
import type { OrderMaterial } from "../work-order/views/view.ts";
import { ageingReport, type ComplianceReport, complianceReport, weightsOf } from "./compliance.ts";
import { complianceTable, exportTracking } from "./export.ts";
import { noticeSheet } from "./notice.ts";
import { connectionPlan, isConnection } from "./plan.ts";
import { hallsWithin } from "./queries.ts";
import { trackPage } from "./tracking.ts";

export function connectionRoutes(platform: Platform): Handlers<typeof connectionOperations> {
  const { db, time } = platform;
  const ports = orderPorts(platform);
  const read = async (tree: OrganisationTree, scope: Scope, orderId: OrderId): Promise<OrderMaterial | Refusal> => {
    const material = await readOrder(db, ports, tree, scope, orderId);
    if (!material) return refuse("work-order.not-found", { orderId });
    return isConnection(material) ? material : refuse("connection.not-a-connection");
  };
  const compliance = async (query: ComplianceQuery, scope: Scope): Promise<ComplianceReport | Refusal> => {
    const tree = await ports.tree();
    const { policies } = await ports.currentRulebook(db);
    const halls = hallsWithin(scope, tree, query.unitId, "report.read");
    return complianceReport(db, { tree, nowMs: time.nowMs(), halls, weights: weightsOf(policies) }, query);
  };
  return {
    async trackConnections({ query, scope }) {
      const { after: position, limit, sort, ...filter } = query;
      const after = position === undefined ? null : readCursor(position);
      if (position !== undefined && after === null) return refuse("work-order.cursor-invalid");
      const nowMs = time.nowMs();
      const reader = { scope, tree: await ports.tree(), nowMs };
      const page = await trackPage(db, reader, filter, { sort, after, limit: limit + 1, permission: "order.read" });
      const shown = page.slice(0, limit);
      const last = page.length > limit ? shown.at(-1)?.row : undefined;
      return {
        connections: shown.map(({ view }) => view),
        next: last ? writeCursor({ atMs: sort === "due" ? last.due_at : last.intake_at, orderId: last.order_id }) : null,
        serverTime: instant(nowMs),
      };
    },

    async exportConnections({ query, scope, acceptLanguage, request }) {
      return exportTracking(platform, await ports.tree(), scope, query, acceptLanguage, request.ip);
    },

    async readConnectionPlan({ params, scope }) {
      const tree = await ports.tree();
      const material = await read(tree, scope, params.orderId);
      return isRefusal(material) ? material : connectionPlan(material, tree, time.nowMs());
    },

    async readOneTimeNotice({ params, scope, acceptLanguage, request }) {
      const tree = await ports.tree();
      const material = await read(tree, scope, params.orderId);
      if (isRefusal(material)) return material;
      const nowMs = time.nowMs();
      const { state, row } = material;
      const hidden = contactHidden(scope, tree, { identity: state.facts.identity ?? "NAMED", deskUnitId: state.deskUnitId });
      const told = hidden ? { ...material, row: { ...row, name: null, address: null } } : material;
      await recordAccess(db, nowMs, actorOf(scope, request.ip), {
        action: "EXPORTED",
        recordKind: "order",
        recordId: params.orderId,
        facts: { sheet: "one-time-notice" },
      });
      const sheet = noticeSheet(told, tree, acceptLanguage, nowMs);
      const body = await drawSheet(sheet, await fontsOf(platform.config), nowMs);
      return { body, fileName: `notice-${params.orderId}.pdf` };
    },

    async reportConnectionCompliance({ query, scope }) {
      const report = await compliance(query, scope);
      return isRefusal(report) ? report : { ...report, rows: [...report.rows] };
    },

    async exportConnectionCompliance({ query, scope, acceptLanguage }) {
      const report = await compliance(query, scope);
      if (isRefusal(report)) return report;
      return { body: complianceTable(report, acceptLanguage), fileName: `connection-compliance-${report.from}-${report.to}.csv` };
    },

    async reportConnectionAgeing({ query, scope }) {
      const halls = hallsWithin(scope, await ports.tree(), query.unitId, "report.read");
      return { rows: await ageingReport(db, time.nowMs(), halls) };
    },
  };
}

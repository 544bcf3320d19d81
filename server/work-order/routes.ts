// The routes of orders: they parse nothing and decide nothing; they connect the contract with commands and queries.
import { type flowOperations } from "@bihuan/contract/flow.ts";
import { type workOrderOperations } from "@bihuan/contract/work-order.ts";
import { flows } from "@bihuan/core/flows.ts";
import { can } from "@bihuan/core/identity/scope.ts";
import { isRefusal, refuse } from "@bihuan/core/refusal.ts";
import { customerSummary } from "../customer/queries.ts";
import type { Handlers } from "../platform/http/operations.ts";
import { instant } from "../platform/sql.ts";
import type { Platform } from "../platform/platform.ts";
import { actOnOrder } from "./commands/act.ts";
import { attachFile, openAttachment } from "./commands/attachments.ts";
import { explanationViews } from "./views/explanations.ts";
import { exportOrders } from "./queries/export.ts";
import { flowView } from "./views/flow-view.ts";
import { findHints } from "./queries/hints.ts";
import {
  conditionOf,
  countUpTo,
  type Filter,
  MOST_COUNTED,
  nodesWithin,
  pageByDue,
  tallyGroups,
} from "./queries/list-queries.ts";
import { pageByIntake, readCursor, writeCursor } from "./queries/page.ts";
import { pageFound } from "./queries/text-search.ts";
import { orderPorts } from "./ports.ts";
import { readOrder } from "./queries/read-order.ts";
import { customerNamed, matterWith } from "./commands/named-customer.ts";
import { previewIntake } from "./commands/preview.ts";
import { intakeDoor } from "./commands/intake-door.ts";
import { unmaskOrder } from "./commands/unmask.ts";
import { contactHidden } from "./views/personal.ts";
import { orderCustomer } from "./views/customer.ts";
import { answered, namingUnits } from "./views/refusals.ts";
import { unitRef } from "./views/units.ts";
import { clockView, orderView, rowView } from "./views/view.ts";
import { actingAs } from "./world.ts";

export const flowRoutes = (): Handlers<typeof flowOperations> => ({
  listFlows: () => ({ flows: flows.all.map(flowView) }),
});

// What only a sum of the roll-up's groups has to answer.
const tallied = (filter: Filter): boolean =>
  filter.tookPartUnitId === undefined &&
  filter.clock === undefined &&
  filter.dueWithinMinutes === undefined &&
  filter.holder === undefined &&
  filter.holderId === undefined &&
  filter.customerId === undefined &&
  !filter.text;

const openStatuses = new Set(["OPEN", "SUSPENDED"]);
const inState = (status: string, state: Filter["state"]) => state === "all" || openStatuses.has(status) === (state === "open");

export function workOrderRoutes(platform: Platform): Handlers<typeof workOrderOperations> {
  const { db, time } = platform;
  const ports = orderPorts(platform);
  const intake = intakeDoor(platform, ports);
  return {
    async takeIn({ body, scope, idempotencyKey }) {
      const result = await intake.takeIn(actingAs(scope), { key: idempotencyKey, ...body });
      return isRefusal(result) ? answered(result, await ports.tree()) : result;
    },

    async previewIntake({ body, scope }) {
      const nowMs = time.nowMs();
      const tree = await ports.tree();
      const rulebook = await ports.currentRulebook(db);
      const acting = actingAs(scope);
      const [customer = null] = await ports.customersForIntake(db, tree, [customerNamed({ acting, command: body })]);
      const preview = previewIntake(acting, { key: "", ...body }, { nowMs, tree, rulebook, customer });
      if (isRefusal(preview)) return answered(preview, tree);
      return {
        unit: unitRef(tree, preview.unitId),
        step: preview.step,
        clocks: preview.clocks.map((clock) => clockView(clock, clock.rule ? preview.rulebook : null)),
        missing: [...preview.missing],
      };
    },

    async intakeHints({ body, scope }) {
      const tree = await ports.tree();
      const unit = tree.unit(body.deskUnitId);
      if (!unit) return namingUnits(refuse("work-order.unit-unknown", { unitId: body.deskUnitId }), tree);
      if (!can(scope, tree, "order.intake", unit.unitId)) return refuse("work-order.not-yours", { action: "intake" });
      const nowMs = time.nowMs();
      const withinDays = body.withinDays ?? (await ports.currentRulebook(db)).policies.repeat.withinDays;
      const sinceMs = nowMs - withinDays * 86_400_000;
      const { customerId, accountNo } = body;
      const [found = null] = await ports.customersForIntake(db, tree, [
        { scope, customerId: customerId ?? undefined, accountNo: accountNo ?? undefined },
      ]);
      const matter = { ...matterWith(body, found), regionId: unit.regionId, sinceMs, nowMs };
      const summary = found && (await customerSummary(db, found.customerId, found.account?.accountNo ?? null));
      return {
        hints: await findHints(db, scope, tree, matter),
        customer: summary && orderCustomer(summary, scope, tree, nowMs),
      };
    },

    async listOrders({ body, scope }) {
      const after = body.after === undefined ? null : readCursor(body.after);
      if (body.after !== undefined && after === null) return refuse("work-order.cursor-invalid");
      const tree = await ports.tree();
      const nowMs = time.nowMs();
      const condition = conditionOf(scope, tree, body, nowMs);
      const sort = body.text ? "found" : body.sort;
      const nodes = nodesWithin(scope, tree, body.tookPartUnitId ?? body.unitId);
      const page = { found: pageFound, due: pageByDue, intake: pageByIntake }[sort];
      const rows = await page(db, condition, after, body.limit + 1, { tree, nodes });
      const shown = rows.slice(0, body.limit);
      const last = rows.length > body.limit ? shown.at(-1) : undefined;
      return {
        orders: shown.map((row) =>
          rowView(row, tree, contactHidden(scope, tree, { identity: row.identity, deskUnitId: row.desk_unit_id })),
        ),
        next: last ? writeCursor({ atMs: sort === "due" ? last.due_at : last.intake_at, orderId: last.order_id }) : null,
        serverTime: instant(nowMs),
      };
    },

    async countOrders({ body, scope }) {
      const tree = await ports.tree();
      const all = await tallyGroups(db, tree, nodesWithin(scope, tree, body.unitId));
      const groups = all.filter(
        (group) =>
          inState(group.status, body.state) &&
          (body.flow === undefined || group.flow === body.flow) &&
          (body.step === undefined || group.step === body.step) &&
          (body.status === undefined || group.status === body.status),
      ) as { flow: string; step: string | null; status: "OPEN"; count: number }[];
      if (tallied(body)) return { count: groups.reduce((sum, group) => sum + group.count, 0), more: false, groups };
      const counted = await countUpTo(db, conditionOf(scope, tree, body, time.nowMs()));
      return { count: Math.min(counted, MOST_COUNTED), more: counted > MOST_COUNTED, groups };
    },

    async exportOrders({ query, scope, acceptLanguage, request }) {
      return exportOrders(platform, await ports.tree(), scope, query, acceptLanguage, request.ip);
    },

    async readOrder({ params, scope }) {
      const tree = await ports.tree();
      const material = await readOrder(db, ports, tree, scope, params.orderId);
      return material
        ? orderView(material, actingAs(scope), tree, time.nowMs())
        : refuse("work-order.not-found", { orderId: params.orderId });
    },

    async explainClocks({ params, scope }) {
      const tree = await ports.tree();
      const material = await readOrder(db, ports, tree, scope, params.orderId);
      return material
        ? { explanations: explanationViews(material, tree, time.nowMs()) }
        : refuse("work-order.not-found", { orderId: params.orderId });
    },

    async act({ params, body, scope, idempotencyKey }) {
      // A file is attached through its own operation, which stores it first: an event must never name a file that is not there.
      if (params.action === "attach") return refuse("work-order.attachment-unknown");
      const result = await actOnOrder(platform, ports, actingAs(scope), { ...params, ...body, key: idempotencyKey });
      if (isRefusal(result)) return answered(result, await ports.tree());
      return {
        orderId: result.orderId,
        version: result.version,
        status: result.state.status,
        step: result.state.step,
        repeated: result.repeated,
      };
    },

    attachFile: ({ params, scope, idempotencyKey, request }) =>
      attachFile(platform, ports, actingAs(scope), params.orderId, idempotencyKey, request),

    readAttachment: ({ params, scope, request }) =>
      openAttachment(platform, ports, scope, params.orderId, params.seq, request.ip),

    unmaskOrder: ({ params, body, scope, request }) =>
      unmaskOrder(platform, ports, scope, params.orderId, body.reason, request.ip),
  };
}

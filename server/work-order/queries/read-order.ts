// One order read in full. What is shown is folded from its events; the projection only finds it.
import type { Actor } from "@bihuan/core/flow/event.ts";
import { foldOrder } from "@bihuan/core/flow/state.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { type OrderId, parseOrderId } from "@bihuan/core/order-id.ts";
import { customerSummary } from "../../customer/queries.ts";
import type { Database, Queryable } from "../../platform/database.ts";
import { sql } from "../../platform/sql.ts";
import { eventOfRow, keyOf, readEvents, readPersonal } from "../store/event-store.ts";
import type { ListRow } from "./page.ts";
import type { EventNames, OrderMaterial } from "../views/view.ts";
import { clocksOf, maySee, type OrderPorts, versionsIn } from "../world.ts";

type Head = ListRow & { region_id: number; description: string | null; phone: string | null; account_no: string | null };

/** Everything an order page needs, or null where there is no such order or this person may not see it. */
export async function readOrder(
  db: Database,
  ports: OrderPorts,
  tree: OrganisationTree,
  scope: Scope,
  orderId: OrderId,
): Promise<OrderMaterial | null> {
  if (!parseOrderId(orderId)) return null;
  const { regionId, intakeMonth } = keyOf(orderId);
  // One snapshot: the page must not show an event without the state it led to.
  return db.transaction(
    async (tx) => {
      const row = await tx.maybe<Head>(sql`
        select w.*, s.name as holder_name, c.title, c.name, c.address, c.description, c.phone, c.account_no
        from work_order w
        left join staff s on s.staff_id = w.holder_id
        left join order_contact c on c.region_id = w.region_id and c.intake_month = w.intake_month and c.order_id = w.order_id
        where w.region_id = ${regionId} and w.intake_month = ${intakeMonth} and w.order_id = ${orderId}`);
      if (!row) return null;
      const rows = await readEvents(tx, orderId);
      const events = rows.map(eventOfRow);
      const state = foldOrder(events);
      if (!maySee(scope, tree, state)) return null;
      const rulebookOf = await ports.rulebooks(tx, versionsIn(events));
      const inForce = await ports.currentRulebook(tx);
      const personal = await readPersonal(tx, orderId);
      const names = await readNames(
        tx,
        events.map((event) => event.actor),
      );
      const customer = state.customerId === null ? null : await customerSummary(tx, state.customerId, row.account_no);
      const contact = { description: row.description, phone: row.phone, account_no: row.account_no };
      const clocks = clocksOf(events, rulebookOf);
      return { row, contact, customer, rows, events, personal, state, clocks, rulebookOf, inForce, names };
    },
    { isolation: "repeatable read", readOnly: true },
  );
}

async function readNames(db: Queryable, actors: readonly Actor[]): Promise<EventNames> {
  const staffIds = [...new Set(actors.filter((actor) => actor.kind === "staff").map((actor) => actor.id))];
  const keyIds = [...new Set(actors.filter((actor) => actor.kind === "api-key").map((actor) => actor.id))];
  const staff =
    staffIds.length === 0
      ? []
      : await db.rows<{ id: number; name: string }>(
          sql`select staff_id as id, name from staff where staff_id = any(${staffIds}::int[])`,
        );
  const apiKeys =
    keyIds.length === 0
      ? []
      : await db.rows<{ id: number; name: string }>(
          sql`select api_key_id as id, name from api_key where api_key_id = any(${keyIds}::int[])`,
        );
  return { staff: new Map(staff.map((row) => [row.id, row.name])), apiKeys: new Map(apiKeys.map((row) => [row.id, row.name])) };
}

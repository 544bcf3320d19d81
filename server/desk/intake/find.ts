// The desk's one box: orders by their number, customers by everything else.
import type { FoundOrder } from "@bihuan/contract/desk-intake.ts";
import type { z } from "zod";
import { withLastContact } from "../../call/view.ts";
import type { Editor } from "../../customer/reach.ts";
import { findAccounts } from "../../customer/search/find.ts";
import type { Platform } from "../../platform/platform.ts";
import { whomOrdersConcern } from "../../work-order/queries/about-customer.ts";
import { conditionOf, nodesWithin } from "../../work-order/queries/list-queries.ts";
import { pageByIntake } from "../../work-order/queries/page.ts";
import { isOrderNumber, pageFound } from "../../work-order/queries/text-search.ts";
import { contactHidden } from "../../work-order/views/personal.ts";
import { rowView } from "../../work-order/views/view.ts";

const MOST_ORDERS = 5;
/** The part of an order's number people read out: its last eight digits. */
const orderTail = /^\s*\d{8}\s*$/;

/** Finds accounts and orders. In: who asks, what was typed, how many accounts. */
export async function findAtDesk(platform: Platform, editor: Editor, text: string, limit: number) {
  const whole = isOrderNumber(text);
  const nowMs = platform.time.nowMs();
  const [found, orders] = await Promise.all([
    whole ? { rows: [], more: 0, moreAtLeast: false } : findAccounts(platform.db, editor, text, limit, nowMs),
    whole || orderTail.test(text) ? ordersNumbered(platform, editor, text.trim(), whole) : [],
  ]);
  return {
    accounts: await withLastContact(platform, editor, found.rows),
    more: found.more,
    moreAtLeast: found.moreAtLeast,
    orders,
  };
}

async function ordersNumbered(
  { db, time }: Platform,
  { scope, tree }: Editor,
  text: string,
  whole: boolean,
): Promise<z.input<typeof FoundOrder>[]> {
  const condition = conditionOf(scope, tree, { state: "all", text }, time.nowMs());
  const rows = whole
    ? await pageByIntake(db, condition, null, MOST_ORDERS)
    : (await pageFound(db, condition, null, MOST_ORDERS * 4, { tree, nodes: nodesWithin(scope, tree, undefined) })).filter(
        (row) => row.order_id.endsWith(text),
      );
  const shown = rows.slice(0, MOST_ORDERS);
  const concern = await whomOrdersConcern(
    db,
    shown.map((row) => row.order_id),
  );
  return shown.map((row) => {
    const hidden = contactHidden(scope, tree, { identity: row.identity, deskUnitId: row.desk_unit_id });
    const whom = hidden ? undefined : concern.find(({ orderId }) => orderId === row.order_id);
    return { order: rowView(row, tree, hidden), customerId: whom?.customerId ?? null, accountNo: whom?.accountNo ?? null };
  });
}

// A change of the rules and the orders in flight, as the clock slice looks at them: what runs, and binding it anew.
import type { ClockSignal, OrderFacts } from "@bihuan/core/clock/types.ts";
import { systemActor } from "@bihuan/core/flow/event.ts";
import { plainEvent } from "@bihuan/core/flow/outcome.ts";
import { signalsOf } from "@bihuan/core/flow/signals.ts";
import { isOpen } from "@bihuan/core/flow/state.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { LiveClock, OpenOrder, OpenOrderSource } from "../../clock/effect/open-orders.ts";
import type { Platform } from "../../platform/platform.ts";
import { empty, instant, sql } from "../../platform/sql.ts";
import { eventOfRow, readEventsOf } from "../store/event-store.ts";
import { addEvents, takeInHand } from "./in-hand.ts";
import type { OrderPorts } from "../world.ts";

const BATCH = 5000;

type Row = {
  order_id: OrderId;
  flow: string;
  unit_id: number;
  facts: OrderFacts;
  rulebook_version: number;
  clocks: {
    number: number;
    slot: string;
    authority: LiveClock["authority"];
    pack: string | null;
    key: string | null;
    version: number | null;
    limitKind: LiveClock["limitKind"];
    amount: number | null;
    unit: LiveClock["unit"];
    calendar: string | null;
    startedAtMs: number;
    dueAtMs: number | null;
    pausedUntilMs: number | null;
    dueIfPausedUntilMs: number | null;
    provisional: boolean;
  }[];
};

/** The open orders of this database, for dry runs and for binding to a new rulebook. */
export function openOrderSource(platform: Platform, ports: OrderPorts): OpenOrderSource {
  const { db } = platform;
  return {
    async estimate() {
      const { n } = await db.one<{ n: number }>(
        sql`select coalesce(sum(n), 0)::int as n from order_tally where status in ('OPEN', 'SUSPENDED')`,
      );
      return n;
    },

    async *stream({ boundBefore, openedSinceMs } = {}) {
      for (let after = "0"; ; ) {
        const rows = await db.rows<Row>(sql`
          with page as (
            select region_id, intake_month, order_id, flow, unit_id, facts, rulebook_version from work_order
            where status in ('OPEN', 'SUSPENDED') and import_id is null and order_id > ${after}::bigint
              ${boundBefore === undefined ? empty : sql`and rulebook_version < ${boundBefore}`}
              ${openedSinceMs === undefined ? empty : sql`and intake_at >= ${instant(openedSinceMs)}`}
            order by order_id limit ${BATCH})
          select p.order_id, p.flow, p.unit_id, p.facts, p.rulebook_version,
            coalesce(json_agg(json_build_object('number', c.clock_no, 'slot', c.slot, 'authority', c.authority, 'pack', c.pack, 'key', c.rule_key,
              'version', c.rulebook_version, 'limitKind', c.limit_kind, 'amount', c.amount, 'unit', c.unit, 'calendar', c.calendar,
              'startedAtMs', (extract(epoch from c.started_at) * 1000)::bigint, 'dueAtMs', (extract(epoch from c.due_at) * 1000)::bigint,
              'pausedUntilMs', (extract(epoch from c.paused_until_at) * 1000)::bigint,
              'dueIfPausedUntilMs', (extract(epoch from c.due_if_paused_until_at) * 1000)::bigint, 'provisional', c.provisional)
              order by c.clock_no) filter (where c.clock_no is not null), '[]') as clocks
          from page p
          left join clock c on c.region_id = p.region_id and c.intake_month = p.intake_month and c.order_id = p.order_id
          group by p.order_id, p.flow, p.unit_id, p.facts, p.rulebook_version order by p.order_id`);
        if (rows.length === 0) return;
        yield rows.map(openOrder);
        after = rows.at(-1)?.order_id ?? after;
      }
    },

    async signals(orderIds) {
      const histories = await readEventsOf(db, orderIds);
      return new Map(
        [...histories].map(([orderId, rows]): [string, readonly ClockSignal[]] => [orderId, signalsOf(rows.map(eventOfRow))]),
      );
    },

    async rebind(orderIds, version) {
      const tree = await ports.tree();
      let bound = 0;
      // Each in a transaction of its own: people go on working on the others meanwhile.
      for (const orderId of orderIds)
        await db.transaction(async (tx) => {
          const order = (await takeInHand(tx, ports, [orderId])).get(orderId);
          if (!order || !isOpen(order.state) || order.state.rulebookVersion >= version) return;
          const nowMs = Math.max(platform.time.nowMs(), order.events.at(-1)?.atMs ?? 0);
          const recording = { atMs: nowMs, recordedAtMs: nowMs, actor: systemActor, actingUnitId: null };
          await addEvents(tx, platform, ports, tree, order, [plainEvent("rebind", { rulebookVersion: version })], recording);
          bound++;
        });
      return bound;
    },
  };
}

const openOrder = (row: Row): OpenOrder => ({
  orderId: row.order_id,
  flow: row.flow,
  unitId: row.unit_id,
  facts: row.facts,
  rulebookVersion: row.rulebook_version,
  clocks: row.clocks.map(
    ({ pack, key, version, ...clock }): LiveClock => ({
      ...clock,
      rule: pack === null || key === null ? null : { pack, key, rulebookVersion: version ?? 0 },
    }),
  ),
});

// An office at work: people who take demands in, write notes and suspend orders, through whichever server there is.
import type { TestContext } from "node:test";
import { type Caller, signedIn, testUnits } from "../../identity/testing/people.ts";
import type { Database } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { sql } from "../../platform/sql.ts";
import { until } from "../../platform/testing/until.ts";
import { action, demand, load, send } from "./load.ts";

export type Office = {
  /** Ids by code, as {@link testUnits} made them. */
  readonly units: Readonly<Record<string, number>>;
  /** Takes in and dispatches at A1, handles at A11. */
  readonly agent: Caller;
  /** A manager of A1, who grants what the agent asks for. */
  readonly manager: Caller;
};

/** Makes the province and its people in an empty database. */
export async function openOffice(platform: Platform): Promise<Office> {
  const units = await testUnits(platform);
  const at = (code: string) => units[code] as number;
  const agent = await signedIn(platform, [
    ["AGENT", at("A1")],
    ["DISPATCHER", at("A1")],
    ["HANDLER", at("A11")],
  ]);
  return { units, agent, manager: await signedIn(platform, [["MANAGER", at("A1")]]) };
}

/**
 * Six people at work until they are stopped, or the test ends: they take demands in, write a note on each, and ask again
 * where they were not answered. In: the address each of them (0 to 5) turns to. `more` waits for so many more demands and notes.
 */
export function workers(context: TestContext, { units, agent }: Office, address: (number: number) => string) {
  let number = 0;
  const agents = load({
    agents: 6,
    agent,
    address,
    next: () => demand(units, number++),
    follow: (orderId, key) => action(orderId, 1, "note", { note: `已转告 ${key}` }, `note on ${key}`),
    insist: true,
  });
  context.after(agents.abandon);
  const more = async (most: number) => {
    const { orders, actions } = agents.told;
    const [taken, noted] = [orders.size, actions.size];
    await until(() => orders.size >= taken + most && actions.size >= noted + most, 60_000);
  };
  return { ...agents, more };
}

/** Takes an order in and suspends it until an instant. In: a name no other order has. Out: its id. */
export async function suspendedOrder(
  address: string,
  { units, agent, manager }: Office,
  name: string,
  untilMs: number,
): Promise<string> {
  const does = async (caller: Caller, deed: Parameters<typeof send>[2]) => {
    const answer = await send(address, caller, deed);
    if (answer?.status !== 200) throw new Error(`${deed.path}: ${JSON.stringify(answer)}`);
    return { orderId: answer.orderId ?? "", version: answer.version ?? 0 };
  };
  let order = await does(agent, demand(units, name));
  const act = async (caller: Caller, key: string, form: object) => {
    order = await does(caller, action(order.orderId, order.version, key, form, `${key} of ${name}`));
  };
  await act(agent, "dispatch", { unitId: units["A11"] });
  await act(agent, "accept", {});
  const until = new Date(untilMs).toISOString();
  await act(agent, "request-suspension", { reason: "CUSTOMER_WORKS", until, note: "客户施工" });
  await act(manager, "decide", { requestSeq: order.version, approved: true });
  return order.orderId;
}

/** How often each of some orders was resumed, and by whom. */
export const resumptions = (db: Database, orderIds: readonly string[]) =>
  db.rows<{ id: string; times: number; by: string[] }>(sql`
    select order_id as id, count(*)::int as times, array_agg(distinct actor_kind) as by from order_event
    where type = 'resume' and order_id = any(${orderIds}::bigint[]) group by order_id order by order_id`);

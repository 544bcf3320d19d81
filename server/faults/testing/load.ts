// Demands taken in by several agents at once, each with a key of its own; who was told what is remembered.
import type { Caller } from "../../identity/testing/people.ts";

export type Demand = { readonly key: string; readonly body: string };
/** What the agents were told: the order of each key that was answered, and how the others were refused. */
export type Told = { readonly orders: Map<string, string>; readonly refused: { key: string; status: number; code: string }[] };

/** A demand in the words of a caller. In: the units of {@link province}, and a number that tells demands apart. */
export const demand = (units: Readonly<Record<string, number>>, number: number | string): Demand => ({
  key: `demand-${number}`,
  body: JSON.stringify({
    flow: "fault-repair",
    deskUnitId: units["A1"],
    form: {
      origin: "HOTLINE_95598",
      areaClass: "URBAN",
      title: `第${number}件停电`,
      contactName: "王小明",
      contactPhone: "13812345678",
      address: "城东市解放路12号3栋501",
      targetUnitId: units["A11"],
    },
  }),
});

/** Sends one demand. Out: the answer; null where the connection broke before one came, so that nobody knows. */
export async function send(address: string, agent: Caller, { key, body }: Demand) {
  try {
    const headers = { ...agent.headers, "idempotency-key": key, "content-type": "application/json" };
    const response = await fetch(`${address}/api/orders`, { method: "POST", headers, body });
    const answer = (await response.json()) as { orderId?: string; repeated?: boolean; code?: string };
    return { status: response.status, ...answer };
  } catch {
    return null;
  }
}

/**
 * Sends demands from several agents until told to stop. In: the next demand, the address for each agent, and how many there
 * are. Out: what they were told so far, growing; and how to stop them.
 */
export function load(options: { agents: number; agent: Caller; address(agent: number): string; next(): Demand }) {
  const told: Told = { orders: new Map(), refused: [] };
  const asked: Demand[] = [];
  let going = true;
  const work = Promise.all(
    Array.from({ length: options.agents }, async (_, number) => {
      while (going) {
        const one = options.next();
        asked.push(one);
        const answer = await send(options.address(number), options.agent, one);
        if (answer?.status === 200 && answer.orderId) told.orders.set(one.key, answer.orderId);
        else if (answer) told.refused.push({ key: one.key, status: answer.status, code: answer.code ?? "" });
        else await new Promise((resolve) => setTimeout(resolve, 5)); // nobody there: do not run hot
      }
    }),
  );
  return {
    told,
    /** Every demand that was sent, answered or not. */
    asked,
    async stop() {
      going = false;
      await work;
    },
  };
}

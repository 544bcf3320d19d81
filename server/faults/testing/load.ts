// Demands taken in by several agents at once, each with a key of its own; who was told what is remembered.
import type { Caller } from "../../identity/testing/people.ts";

/** One thing to be done, by a key: a demand taken in, or an action on an order. */
export type Deed = { readonly key: string; readonly path: string; readonly body: string };
export type Answer = {
  readonly status: number;
  readonly orderId?: string;
  readonly version?: number;
  readonly repeated?: boolean;
  readonly code?: string;
};
/** What the agents were told: the order and version of each key that was answered, and how the others were refused. */
export type Told = {
  /** The order of each demand that was acknowledged. */
  readonly orders: Map<string, string>;
  /** The order and its new version, of each action that was acknowledged. */
  readonly actions: Map<string, string>;
  readonly refused: { key: string; status: number; code: string }[];
};

const INTAKE = "/orders";

/** A demand in the words of a caller. In: the units of {@link province}, and a number that tells demands apart. */
export const demand = (units: Readonly<Record<string, number>>, number: number | string): Deed => ({
  key: `demand-${number}`,
  path: INTAKE,
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

/** An action on an order as it stands at a version. */
export const action = (orderId: string, version: number, name: string, form: object, key: string): Deed => ({
  key,
  path: `${INTAKE}/${orderId}/actions/${name}`,
  body: JSON.stringify({ version, form }),
});

/** Sends one deed. Out: the answer; null where the connection broke before one came, so that nobody knows. */
export async function send(address: string, agent: Caller, { key, path, body }: Deed): Promise<Answer | null> {
  try {
    const headers = { ...agent.headers, "idempotency-key": key, "content-type": "application/json" };
    const response = await fetch(`${address}/api${path}`, { method: "POST", headers, body });
    return { ...((await response.json()) as object), status: response.status };
  } catch {
    return null;
  }
}

/**
 * Sends demands from several agents until told to stop. In: the next demand, the address for each agent, how many there are;
 * `follow`: what an agent does with the order it was given; `insist`: whether it sends again, with the same key, what was not
 * answered or refused for the moment, as a good client does. Out: what they were told so far, growing; and how to stop them.
 */
export function load(options: {
  agents: number;
  agent: Caller;
  address(agent: number): string;
  next(): Deed;
  follow?(orderId: string, demandKey: string): Deed;
  insist?: boolean;
}) {
  const told: Told = { orders: new Map(), actions: new Map(), refused: [] };
  const asked: Deed[] = [];
  let going = true;
  let abandoned = false;
  async function tell(number: number, one: Deed): Promise<Answer | null> {
    asked.push(one);
    while (!abandoned) {
      const answer = await send(options.address(number), options.agent, one);
      if (answer?.status === 200 && answer.orderId) {
        if (one.path === INTAKE) told.orders.set(one.key, answer.orderId);
        else told.actions.set(one.key, `${answer.orderId} ${answer.version}`);
        return answer;
      }
      if (answer) told.refused.push({ key: one.key, status: answer.status, code: answer.code ?? "" });
      else await new Promise((resolve) => setTimeout(resolve, 5)); // nobody there: do not run hot
      if (!options.insist || (answer && answer.status !== 503)) return null;
    }
    return null;
  }
  const work = Promise.all(
    Array.from({ length: options.agents }, async (_, number) => {
      while (going) {
        const one = options.next();
        const answer = await tell(number, one);
        if (answer?.orderId && options.follow) await tell(number, options.follow(answer.orderId, one.key));
      }
    }),
  );
  return {
    told,
    /** Everything that was sent, answered or not. */
    asked,
    /** Ends when everything begun is answered. */
    async stop() {
      going = false;
      await work;
    },
    /** Ends with what is under way, answered or not. */
    async abandon() {
      going = false;
      abandoned = true;
      await work;
    },
  };
}

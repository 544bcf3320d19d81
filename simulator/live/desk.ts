// An agent with a caller on the line: the call pops up, repeats are looked for, and it is taken in, or the open order is urged.
import { callOperations } from "@bihuan/contract/call.ts";
import { type OrderHint as Hint, workOrderOperations } from "@bihuan/contract/work-order.ts";
import type { County } from "../county/county.ts";
import { CENTRE } from "../county/organisation.ts";
import { type Call, demandOf } from "../people/calls.ts";
import { iso } from "../people/plan.ts";
import { randomOf } from "../random.ts";
import { type Office, Refused } from "./office.ts";

export type Taken = { readonly orderId: string; readonly what: "taken-in" | "urged"; readonly merged: boolean };

const isOpen = ({ status }: Hint): boolean => status === "OPEN";

const telephoneOf = (county: County, call: Call, atMs: number) => {
  const demand = demandOf(county, { ...call, atMs });
  const { form } = demand.intake;
  const phone = typeof form["contactPhone"] === "string" ? form["contactPhone"] : null;
  const rings = demand.desk === CENTRE && form["origin"] === "HOTLINE_95598";
  return { ...demand, form, phone, callNo: rings ? `sim-${county.seed}-${call.key}` : null };
};

/**
 * Lets a call ring at somebody who is not simulated, instead of at an agent: nobody else answers it. Out: the call's number, for
 * {@link hangUp}; null where this demand does not come by telephone.
 */
export async function ringAt(county: County, office: Office, call: Call, nowMs: number, account: string): Promise<string | null> {
  const { agent, phone, callNo } = telephoneOf(county, call, nowMs);
  if (callNo !== null)
    await office.as(agent.account).call(callOperations.recordCall, {
      body: { callNo, from: phone, agent: { account }, queue: "95598", startedAt: iso(nowMs) },
    });
  return callNo;
}

/** The caller hangs up. */
export async function hangUp(office: Office, account: string, callNo: string, nowMs: number): Promise<void> {
  await office.as(account).call(callOperations.endCall, { params: { callNo }, body: { endedAt: iso(nowMs), talkSeconds: null } });
}

/** Answers a call as its simulated agent. Out: the order that was taken in or urged. Errors: what the product refuses. */
export async function answerCall(county: County, office: Office, call: Call, nowMs: number): Promise<Taken> {
  const { agent, customer, intake, form, phone, callNo } = telephoneOf(county, call, nowMs);
  const person = office.as(agent.account);
  const talkSeconds = Math.round(randomOf(county.seed, call.key, "talk").around(110, 0.5));
  const text = (field: string): string | null => (typeof form[field] === "string" ? form[field] : null);
  if (callNo !== null)
    await person.call(callOperations.recordCall, {
      body: {
        callNo,
        from: phone,
        agent: { account: agent.account },
        queue: "95598",
        startedAt: iso(nowMs - talkSeconds * 1000),
      },
    });
  const { hints } = await person.call(workOrderOperations.intakeHints, {
    body: {
      deskUnitId: intake.deskUnitId,
      accountNo: text("accountNo"),
      phone,
      address: text("address"),
      transformerArea: customer.area.code,
      withinDays: 30,
    },
  });
  const taken = await urgeOrTakeIn(county, office, call, { intake, hints, account: agent.account });
  if (callNo !== null)
    await person.call(callOperations.endCall, { params: { callNo }, body: { endedAt: iso(nowMs), talkSeconds } });
  return taken;
}

async function urgeOrTakeIn(
  county: County,
  office: Office,
  call: Call,
  { intake, hints, account }: { intake: ReturnType<typeof demandOf>["intake"]; hints: readonly Hint[]; account: string },
): Promise<Taken> {
  const person = office.as(account);
  const random = randomOf(county.seed, call.key, "answer");
  // Progress of an open order is told and it is urged; no second order is opened for the same caller's matter.
  const own = hints.find(
    (hint) =>
      isOpen(hint) &&
      hint.open &&
      hint.flow === intake.flow &&
      (hint.because.includes("account") || hint.because.includes("phone")),
  );
  if (own && own.step !== "callback" && own.step !== "archiving" && random.chance(0.8)) {
    const { version } = await person.call(workOrderOperations.readOrder, { params: { orderId: own.orderId } });
    await person.call(workOrderOperations.act, {
      params: { orderId: own.orderId, action: "urge" },
      body: { version, form: { by: "CUSTOMER", note: "客户再次来电，询问进度" } },
      idempotencyKey: `sim-${call.key}-urge`,
    });
    return { orderId: own.orderId, what: "urged", merged: false };
  }
  const { orderId } = await person.call(workOrderOperations.takeIn, {
    body: { ...intake, form: { ...intake.form }, details: { ...intake.details } },
    idempotencyKey: `sim-${county.seed}-${call.key}`,
  });
  const master = call.storm ? masterAmong(hints) : null;
  const merged =
    master !== null && random.chance(0.7) && (await mergeUnder(county, office, orderId, master.orderId, random.pick));
  return { orderId, what: "taken-in", merged };
}

// The same transformer area, the same kind of matter, not answered yet: the dispatcher puts the calls of a storm together.
const masterAmong = (hints: readonly Hint[]): Hint | null =>
  hints.findLast(
    (hint) =>
      isOpen(hint) &&
      hint.open &&
      hint.flow === "fault-repair" &&
      hint.because.includes("transformer-area") &&
      ["dispatching", "accepting", "travelling", "repairing"].includes(hint.step ?? ""),
  ) ?? null;

async function mergeUnder(
  county: County,
  office: Office,
  orderId: string,
  masterId: string,
  pick: <T>(list: readonly T[]) => T,
): Promise<boolean> {
  const dispatcher = office.as(pick(county.at(CENTRE, "DISPATCHER")).account);
  const { version } = await dispatcher.call(workOrderOperations.readOrder, { params: { orderId } });
  try {
    await dispatcher.call(workOrderOperations.act, {
      params: { orderId, action: "merge" },
      body: { version, form: { masterId, note: "同一台区同一时段，合并处理" } },
      idempotencyKey: `sim-${orderId}-merge`,
    });
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return false; // the master moved on meanwhile: both are handled
  }
}

// Everything known about a customer, in one answer: what the agent must see before the caller has finished the first sentence.
import type { DeskCard, PastContact } from "@bihuan/contract/desk-intake.ts";
import { regionOfCustomer, tidy, type CustomerId } from "@bihuan/core/customer/customer.ts";
import { spellings, withoutExtension } from "@bihuan/core/customer/phone.ts";
import { maskAddress, maskName, maskPhone, maskText } from "@bihuan/core/identity/masking.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { z } from "zod";
import { callWithin } from "../../call/commands.ts";
import { callsOfCustomer } from "../../call/queries.ts";
import { callRows } from "../../call/view.ts";
import { arrearsOf } from "../../customer/arrears.ts";
import { type CustomerRecord, customerRecord } from "../../customer/queries.ts";
import { type Editor, reaches } from "../../customer/reach.ts";
import { maskCustomerName, todayAt, validOn } from "../../customer/view.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant } from "../../platform/sql.ts";
import { findHints } from "../../work-order/queries/hints.ts";
import { conditionOf } from "../../work-order/queries/list-queries.ts";
import { type ListRow, pageByIntake } from "../../work-order/queries/page.ts";
import { contactHidden } from "../../work-order/views/personal.ts";
import { unitRef } from "../../work-order/views/units.ts";
import { rowView } from "../../work-order/views/view.ts";
import type { OrderPorts } from "../../work-order/world.ts";
import { openOrders } from "./open-orders.ts";
import type { OutagesAt } from "./outages.ts";

const MOST_PAST = 5;
const DAY_MS = 86_400_000;

export type CardAsked = {
  readonly customerId: CustomerId;
  readonly accountNo?: string | undefined;
  readonly callNo?: string | undefined;
};

/** The card. In: who asks, the customer, the account the matter is about and the call going on, where known. */
export async function deskCard(
  platform: Platform,
  ports: OrderPorts,
  outagesAt: OutagesAt,
  editor: Editor,
  asked: CardAsked,
): Promise<z.input<typeof DeskCard> | Refusal> {
  const { db, time } = platform;
  const { scope, tree } = editor;
  const record = await customerRecord(db, asked.customerId);
  if (!record || !reaches(editor, record, "customer.read")) return refuse("request.not-found");
  const nowMs = time.nowMs();
  const typed = asked.accountNo === undefined ? undefined : tidy(asked.accountNo).toUpperCase();
  const account =
    record.accounts.find(({ accountNo }) => accountNo === typed) ??
    (record.accounts.length === 1 ? record.accounts[0] : undefined);
  const [call, arrears, open, past, outages, rulebook] = await Promise.all([
    asked.callNo === undefined ? null : callWithin(db, editor, asked.callNo),
    arrearsOf(db, record.customerId),
    openOrders(platform, ports, editor, record.customerId),
    pastContacts(platform, editor, record),
    outagesAt(record, nowMs),
    ports.currentRulebook(db),
  ]);
  const { withinDays } = rulebook.policies.repeat;
  const hints = await findHints(db, scope, tree, {
    customerId: record.customerId,
    accountNo: account?.accountNo,
    phone: call?.phone ?? record.contacts[0]?.phone,
    address: account?.address,
    transformerArea: account?.transformerArea?.code,
    regionId: regionOfCustomer(record.customerId),
    sinceMs: nowMs - withinDays * DAY_MS,
    nowMs,
  });
  const told = new Set(open.orders.map(({ order }) => order.orderId));
  const calling = call?.phone ? spellings(call.phone) : [];
  const erased = record.erasedAtMs !== null;
  return {
    ...headOf(editor, record, nowMs),
    erased,
    accountNo: account?.accountNo ?? null,
    accounts: record.accounts.map(({ unitId, address, ...one }) => {
      const owed = arrears.find(({ accountNo }) => accountNo === one.accountNo);
      return {
        ...one,
        unit: unitRef(tree, unitId),
        address: address === null ? null : maskAddress(address),
        arrears: owed ? { since: owed.since, arrearsFen: owed.arrearsFen, asOf: instant(owed.asOfMs) } : null,
      };
    }),
    contacts: record.contacts.map(({ contactId, name, phone, relation }) => ({
      contactId,
      name: name === null ? null : maskName(name),
      phone: maskPhone(phone),
      relation,
      calling: calling.includes(withoutExtension(phone)),
    })),
    openOrders: open.orders,
    openOrdersMore: open.more,
    contactsBefore: past,
    hints: hints.filter(({ orderId }) => !told.has(orderId)),
    hintsWithinDays: withinDays,
    outages: [...outages],
    actions: {
      edit: !erased && reaches(editor, record, "customer.edit"),
      unmask: !erased && reaches(editor, record, "personal-data.unmask"),
      intake: !erased && reaches(editor, record, "order.intake"),
    },
    serverTime: instant(nowMs),
  };
}

function headOf({ scope, tree }: Editor, record: CustomerRecord, nowMs: number) {
  const today = todayAt(tree, record.accounts[0]?.unitId ?? scope.homeUnitId, nowMs);
  return {
    customerId: record.customerId,
    customerNo: record.customerNo,
    name: maskCustomerName(
      record.name ?? "",
      record.accounts.map(({ category }) => category),
    ),
    importance: record.importance,
    specialNeeds: record.specialNeeds
      .filter((need) => validOn(need, today))
      .map(({ kind, note, validTo }) => ({ kind, note: note === null ? null : maskText(note), validTo })),
  };
}

/** The last orders and calls of a customer together, the newest first. Orders of hidden callers only for who may know them. */
async function pastContacts(
  platform: Platform,
  editor: Editor,
  { customerId, aliases }: CustomerRecord,
): Promise<z.input<typeof PastContact>[]> {
  const { db, time } = platform;
  const { scope, tree } = editor;
  const [orders, calls] = await Promise.all([
    pageByIntake(db, conditionOf(scope, tree, { state: "all", customerId }, time.nowMs()), null, MOST_PAST),
    callsOfCustomer(db, [customerId, ...aliases], null, MOST_PAST),
  ]);
  const toOrder = (row: ListRow): z.input<typeof PastContact> => {
    const hidden = contactHidden(scope, tree, { identity: row.identity, deskUnitId: row.desk_unit_id });
    const { orderId, flow, title, status, step, intakeAt } = rowView(row, tree, hidden);
    return { kind: "order", at: intakeAt, orderId, flow, title, status, step };
  };
  const all = [
    ...orders.map(toOrder),
    ...(await callRows(platform, editor, calls)).map(
      (call): z.input<typeof PastContact> => ({
        kind: "call",
        at: call.startedAt,
        call,
      }),
    ),
  ];
  return all.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, MOST_PAST);
}

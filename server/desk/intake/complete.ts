// An intake as the desk sends it, completed from what is on file: the contact that was chosen, the number that called, the area class,
// the unit that answers. What was typed stands; the customer's own data follow in the intake itself.
import type { ResponsibleBecause } from "@bihuan/contract/desk-intake.ts";
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import { spellings, withoutExtension } from "@bihuan/core/customer/phone.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { callWithin } from "../../call/commands.ts";
import type { CallRecord } from "../../call/queries.ts";
import { type AccountRecord, type CustomerRecord, customerRecord } from "../../customer/queries.ts";
import type { Editor } from "../../customer/reach.ts";
import { unitOfAddress, unitOfArea } from "../../customer/search/responsible.ts";
import type { Queryable } from "../../platform/database.ts";
import { customerNamed } from "../../work-order/commands/named-customer.ts";
import { actingAs, type OrderPorts } from "../../work-order/world.ts";

type Form = Readonly<Record<string, unknown>>;
export type DeskCommand = {
  readonly deskUnitId: number;
  readonly form: Form;
  readonly callNo?: string | null | undefined;
};
export type Responsible = {
  readonly unitId: number;
  readonly because: ResponsibleBecause;
  readonly evidence: string | null;
};
export type Completed = {
  /** Without `contactId`: as the order's form takes it. */
  readonly form: Form;
  readonly responsible: Responsible;
  readonly call: CallRecord | null;
  readonly customerId: CustomerId | null;
};

const textAt = (form: Form, key: string): string | null => {
  const value = form[key];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
};
const left = (form: Form, key: string): boolean => form[key] === undefined || form[key] === null || form[key] === "";

/** Completes an intake. Errors: the call or the contact that was named is not there. What else is wrong, the intake itself says. */
export async function completeIntake(
  db: Queryable,
  ports: OrderPorts,
  editor: Editor,
  { deskUnitId, form, callNo }: DeskCommand,
): Promise<Completed | Refusal> {
  const { scope, tree } = editor;
  const { contactId, ...given } = form;
  // Whoever wants to stay unknown is not known by his telephone either.
  const isAnonymous = given["identity"] === "ANONYMOUS";
  const call = callNo == null ? null : await callWithin(db, editor, callNo);
  if (callNo != null && call === null) return refuse("call.not-found");
  const [named = null] = await ports.customersForIntake(db, tree, [
    customerNamed({ acting: actingAs(scope), command: { form: given } }),
  ]);
  const record = named === null ? null : await customerRecord(db, named.customerId);
  const caller = isAnonymous ? {} : callerOf(record, contactId, call?.phone ?? null);
  if (isRefusal(caller)) return caller;
  // Where a confidential caller lives is told neither by where his order goes nor by how that place is classed.
  const isTold = given["identity"] !== "CONFIDENTIAL";
  const account = (isTold && record?.accounts.find(({ accountNo }) => accountNo === named?.account?.accountNo)) || null;
  const responsible = await responsibleFor(db, tree, deskUnitId, given, account);
  const areaClass = account?.areaClass ?? tree.areaClassOf(responsible.unitId);
  return {
    form: {
      ...given,
      ...Object.fromEntries(Object.entries(caller).filter(([key]) => left(given, key))),
      ...(left(given, "areaClass") && areaClass !== null ? { areaClass } : {}),
      ...(left(given, "targetUnitId") && responsible.because !== "desk" ? { targetUnitId: responsible.unitId } : {}),
    },
    responsible,
    call: isAnonymous ? null : call,
    customerId: record?.customerId ?? null,
  };
}

// The longest the form takes: a company's name may be longer than a contact's.
const MOST_NAME = 60;
const MOST_NUMBER = 30;

/** Name and number of the contact that was chosen, else of the one whose telephone called, else that number alone. */
function callerOf(
  record: CustomerRecord | null,
  contactId: unknown,
  calling: string | null,
): { contactName?: string; contactPhone?: string } | Refusal {
  const numbers = calling === null ? [] : spellings(calling);
  const chosen = contactId !== undefined && contactId !== null;
  const contact = chosen
    ? record?.contacts.find((one) => one.contactId === contactId)
    : record?.contacts.find(({ phone }) => numbers.includes(withoutExtension(phone)));
  if (chosen && !contact) return refuse("work-order.contact-unknown");
  const name = contact?.name ?? (contact ? record?.name : null);
  const phone = chosen ? contact?.phone : calling;
  return {
    ...(name ? { contactName: name.slice(0, MOST_NAME) } : {}),
    ...(phone ? { contactPhone: phone.slice(0, MOST_NUMBER) } : {}),
  };
}

/** The unit that answers for the place of a demand, and how that is known. It lies in the desk's region, or the desk itself answers. */
async function responsibleFor(
  db: Queryable,
  tree: OrganisationTree,
  deskUnitId: number,
  form: Form,
  account: AccountRecord | null,
): Promise<Responsible> {
  const regionId = tree.unit(deskUnitId)?.regionId;
  const answers = (unitId: number | null | undefined): unitId is number => {
    const unit = unitId == null ? undefined : tree.unit(unitId);
    return unit?.active === true && unit.regionId === regionId;
  };
  const chosen = form["targetUnitId"];
  if (typeof chosen === "number") return { unitId: chosen, because: "chosen", evidence: null };
  const desk: Responsible = { unitId: deskUnitId, because: "desk", evidence: null };
  if (regionId === undefined) return desk;
  const address = textAt(form, "address");
  const area = textAt(form, "transformerArea");
  const byAccount =
    account && answers(account.unitId)
      ? { unitId: account.unitId, because: "account" as const, evidence: account.accountNo }
      : null;
  if (byAccount && address === null && area === null) return byAccount;
  // What was said of the place goes before where the customer lives: he may call about somewhere else.
  const unitOf = area === null ? null : await unitOfArea(db, regionId, area);
  if (answers(unitOf)) return { unitId: unitOf, because: "transformer-area", evidence: area };
  const there = address === null ? null : await unitOfAddress(db, regionId, address);
  if (there && answers(there.unitId)) return { unitId: there.unitId, because: "address", evidence: there.places };
  return byAccount ?? desk;
}

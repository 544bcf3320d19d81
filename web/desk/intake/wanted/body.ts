// What is sent to take a demand in. Whoever wants to stay anonymous is named by nothing: no customer, no number, no call.
import type { DeskCard } from "@bihuan/contract/desk-intake.ts";
import type { Category, Draft } from "../draft/draft.ts";

type Input = Readonly<Record<string, unknown>>;

/** Whom the demand's caller can be reached through: a contact of the file, the number that calls, or what was typed. */
export type Reach =
  | { readonly kind: "contact"; readonly contactId: number }
  | { readonly kind: "call" }
  | { readonly kind: "typed" };

/**
 * Who is reached about it. In: what the agent chose (null: as proposed), the customer's card, whether a call with a number goes on.
 * Proposed is the contact whose number calls, else the number that calls, else the holder of the account, else the first contact.
 */
export function reachOf(chosen: Draft["contact"], card: Pick<DeskCard, "contacts"> | undefined, calls: boolean): Reach {
  const contacts = card?.contacts ?? [];
  if (chosen === "typed") return { kind: "typed" };
  if (chosen !== null && contacts.some(({ contactId }) => contactId === chosen)) return { kind: "contact", contactId: chosen };
  const calling = contacts.find((contact) => contact.calling);
  if (calling) return { kind: "contact", contactId: calling.contactId };
  if (calls) return { kind: "call" };
  const proposed = contacts.find(({ relation }) => relation === "HOLDER") ?? contacts[0];
  return proposed ? { kind: "contact", contactId: proposed.contactId } : { kind: "typed" };
}

const ofCaller = ["customerId", "accountNo", "contactName", "contactPhone", "contactId"];
const without = (input: Input, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name)));

/** In: category and desk, the customer who was found (by the draft: the card may still be on its way), the form and the business's own answers as they were entered, who is reached, the call. */
export function bodyOf(of: {
  readonly category: Category;
  readonly deskUnitId: number;
  readonly customer: Draft["customer"];
  readonly form: Input;
  readonly details: Input;
  readonly reach: Reach;
  readonly callNo: string | null;
}) {
  const isAnonymous = of.form["identity"] === "ANONYMOUS";
  const { customer, reach } = of;
  const named = {
    ...(customer?.accountNo ? { accountNo: customer.accountNo } : {}),
    ...without(of.form, reach.kind === "typed" ? [] : ["contactName", "contactPhone"]),
    ...(customer ? { customerId: customer.customerId } : {}),
    ...(reach.kind === "contact" ? { contactId: reach.contactId } : {}),
  };
  return {
    ...of.category,
    deskUnitId: of.deskUnitId,
    form: isAnonymous ? without(of.form, ofCaller) : named,
    details: of.details,
    callNo: isAnonymous ? null : of.callNo,
  };
}

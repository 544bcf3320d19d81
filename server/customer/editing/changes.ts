// What an edit of a file amounts to: which accounts it may touch, which parts it changes, how its contacts are numbered.
import { isDeepStrictEqual } from "node:util";
import type { CustomerChange } from "@bihuan/core/customer/customer.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { AccountRecord, ContactRecord, CustomerRecord } from "../queries.ts";
import { type Editor, mayEditAt } from "../reach.ts";

/** The address an account has on file. */
export const addressOf = (record: CustomerRecord, accountNo: string) =>
  record.accounts.find((account) => account.accountNo === accountNo)?.address;

export type Changed = Omit<AccountRecord, "transformerArea"> & { readonly transformerAreaCode: string | null };

const essence = ({ accountNo, unitId, category, voltage, areaClass, transformerAreaCode, address, coordinates }: Changed) =>
  JSON.stringify([
    accountNo,
    unitId,
    category,
    voltage,
    areaClass,
    transformerAreaCode,
    address,
    coordinates?.longitude,
    coordinates?.latitude,
  ]);
const asChanged = (accounts: readonly AccountRecord[]): Changed[] =>
  accounts.map((account) => ({ ...account, transformerAreaCode: account.transformerArea?.code ?? null }));

/** Why an editor may not change the accounts so: accounts of other units he does not reach stay exactly as they are. */
export function beyondReach(editor: Editor, before: readonly AccountRecord[], after: readonly Changed[]): Refusal | null {
  const old = asChanged(before);
  const same = new Set(old.map(essence)).intersection(new Set(after.map(essence)));
  for (const account of [...old, ...after]) {
    const refused = same.has(essence(account)) ? null : mayEditAt(editor, account.unitId);
    if (refused) return refused;
  }
  return null;
}

/** Which parts of a file a change touches, by name: what they say is personal and stays out of the log. */
export function changedParts(
  record: CustomerRecord,
  change: CustomerChange,
  accounts: readonly Changed[],
  contacts: readonly ContactRecord[],
): string[] {
  const known = [...asChanged(record.accounts)].map(essence).sort();
  const parts: Readonly<Record<string, boolean>> = {
    name: change.name !== undefined && change.name !== record.name,
    customerNo: change.customerNo !== record.customerNo,
    importance: change.importance !== record.importance,
    accounts: !isDeepStrictEqual(known, accounts.map(essence).sort()),
    contacts: !isDeepStrictEqual(contacts, record.contacts),
    specialNeeds: !isDeepStrictEqual(
      change.specialNeeds.toSorted((a, b) => (a.kind < b.kind ? -1 : 1)),
      record.specialNeeds,
    ),
  };
  return Object.keys(parts).filter((part) => parts[part]);
}

/** The contacts after a change: what one leaves out stays as it is on file, new ones get the next numbers. */
export function mergeContacts(known: readonly ContactRecord[], wanted: CustomerChange["contacts"]): ContactRecord[] | Refusal {
  let next = Math.max(0, ...known.map((contact) => contact.contactId)) + 1;
  const merged: ContactRecord[] = [];
  for (const contact of wanted) {
    const before = known.find((one) => one.contactId === contact.contactId);
    const phone = contact.phone ?? before?.phone;
    if ((contact.contactId !== undefined && !before) || phone === undefined) return refuse("customer.contact-unknown");
    if (merged.some((one) => one.phone === phone || one.contactId === contact.contactId)) return refuse("customer.contact-twice");
    const name = contact.name === undefined ? (before?.name ?? null) : contact.name;
    merged.push({ contactId: contact.contactId ?? next++, name, phone, relation: contact.relation });
  }
  return merged;
}

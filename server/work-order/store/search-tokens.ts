// What an order is found by: fragments for the search box, and whole keys for the hints of repeats. One index serves both.
import { addressKey } from "@bihuan/core/customer/address.ts";
import { normalisePhone } from "@bihuan/core/customer/phone.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import { type SearchField, type SearchIndex, searchIndex } from "@bihuan/core/search-text.ts";

export type Matter = {
  readonly customerId?: string | null | undefined;
  readonly accountNo?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly address?: string | null | undefined;
  readonly transformerArea?: string | null | undefined;
};
export type MatterKey = {
  readonly because: "customer" | "account" | "phone" | "address" | "transformer-area";
  readonly token: string;
};

/** Keys by which two orders may be one matter. The prefix keeps them apart from fragments, which hold no colon. */
export function matterKeys(matter: Matter): MatterKey[] {
  const phone = matter.phone ? (normalisePhone(matter.phone) ?? matter.phone) : null;
  const address = matter.address ? addressKey(matter.address) : "";
  return [
    ...(matter.customerId ? [{ because: "customer" as const, token: `c:${matter.customerId}` }] : []),
    ...(matter.accountNo ? [{ because: "account" as const, token: `n:${matter.accountNo}` }] : []),
    ...(phone ? [{ because: "phone" as const, token: `p:${phone}` }] : []),
    ...(address ? [{ because: "address" as const, token: `a:${address}` }] : []),
    ...(matter.transformerArea ? [{ because: "transformer-area" as const, token: `t:${matter.transformerArea}` }] : []),
  ];
}

// A title says in its first words what the matter is. Each pair of characters is an entry of the index, written at every intake:
// what stands behind these characters, and the description, is read once the order is found.
const SUBJECT_CHARACTERS = 32;

/**
 * What an order's row keeps for searching: its number, whom it concerns, and what it is about. Names are not read as pinyin here:
 * that is the customer file's business.
 */
export function orderIndex(
  orderId: OrderId,
  contact: Matter & { readonly name?: string | null; readonly title?: string | null },
): SearchIndex {
  const fields: SearchField[] = [
    { kind: "number", value: orderId },
    ...(contact.name ? [{ kind: "name" as const, value: contact.name }] : []),
    ...(contact.phone ? [{ kind: "number" as const, value: normalisePhone(contact.phone) ?? contact.phone }] : []),
    ...(contact.accountNo ? [{ kind: "number" as const, value: contact.accountNo }] : []),
    ...(contact.address ? [{ kind: "address" as const, value: contact.address }] : []),
    ...(contact.title ? [{ kind: "subject" as const, value: [...contact.title].slice(0, SUBJECT_CHARACTERS).join("") }] : []),
  ];
  const index = searchIndex(fields, () => []);
  return { tokens: [...index.tokens, ...matterKeys(contact).map(({ token }) => token)], text: index.text };
}

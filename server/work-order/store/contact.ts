// Who an order is about: kept beside the history, erasable, searchable, masked when told.
import type { IntakeForm } from "@bihuan/core/flow/intake.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { SearchIndex } from "@bihuan/core/search-text.ts";
import type { Queryable } from "../../platform/database.ts";
import { insertRows, type RowLayout } from "../../platform/rows.ts";
import { orderKeyColumns } from "./event-store.ts";
import { orderIndex } from "./search-tokens.ts";

export type Contact = {
  readonly title: string;
  readonly description: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly accountNo: string | null;
  readonly customerId: string | null;
  readonly transformerArea: string | null;
};

export const contactOf = (form: IntakeForm): Contact => ({
  title: form.title,
  description: form.description || null,
  name: form.contactName || null,
  phone: form.contactPhone || null,
  address: form.address || null,
  accountNo: form.accountNo || null,
  customerId: form.customerId ?? null,
  transformerArea: form.transformerArea ?? null,
});

type Kept = { readonly orderId: OrderId; readonly contact: Contact; readonly index: SearchIndex };

/** Contacts, one line a column. */
export const contactRows: RowLayout<Kept> = {
  table: "order_contact",
  columns: [
    ...orderKeyColumns,
    ["title", ({ contact }) => contact.title],
    ["description", ({ contact }) => contact.description],
    ["name", ({ contact }) => contact.name],
    ["phone", ({ contact }) => contact.phone],
    ["address", ({ contact }) => contact.address],
    ["account_no", ({ contact }) => contact.accountNo],
    ["tokens", ({ index }) => index.tokens],
    ["search_text", ({ index }) => index.text],
  ],
};

/** Keeps contacts of new orders, with the tokens they are found by. */
export const insertContacts = (tx: Queryable, rows: readonly { orderId: OrderId; contact: Contact }[]): Promise<void> =>
  insertRows(
    tx,
    contactRows,
    rows.map(({ orderId, contact }) => ({ orderId, contact, index: orderIndex(orderId, contact) })),
  );

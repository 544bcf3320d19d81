// Who an order is about: kept beside the history, erasable, searchable, masked when told.
import type { IntakeForm } from "@bihuan/core/flow/intake.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import type { Queryable } from "../../platform/database.ts";
import { keyOf } from "./event-store.ts";
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

/** Keeps contacts of new orders, with the tokens they are found by. */
export async function insertContacts(tx: Queryable, rows: readonly { orderId: OrderId; contact: Contact }[]): Promise<void> {
  if (rows.length === 0) return;
  const keys = rows.map(({ orderId }) => keyOf(orderId));
  const indexes = rows.map(({ orderId, contact }) => orderIndex(orderId, contact));
  await tx.prepared(
    "insert_contacts",
    `insert into order_contact (region_id, intake_month, order_id, title, description, name, phone, address, account_no, tokens, search_text)
     select r, m, o, t, d, n, p, a, c, string_to_array(k, E'\\x01'), s
     from unnest($1::smallint[], $2::int[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[]) as x(r, m, o, t, d, n, p, a, c, k, s)`,
    [
      keys.map((key) => key.regionId),
      keys.map((key) => key.intakeMonth),
      rows.map(({ orderId }) => orderId),
      rows.map(({ contact }) => contact.title),
      rows.map(({ contact }) => contact.description),
      rows.map(({ contact }) => contact.name),
      rows.map(({ contact }) => contact.phone),
      rows.map(({ contact }) => contact.address),
      rows.map(({ contact }) => contact.accountNo),
      indexes.map(({ tokens }) => tokens.join("\x01")),
      indexes.map(({ text }) => text),
    ],
  );
}

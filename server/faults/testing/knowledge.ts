// What a well-informed attacker knows: real ids, the forms of the flows, and what may be done with each order just now.
import { contactRelations } from "@bihuan/core/customer/codes.ts";
import fc from "fast-check";
import { sql } from "../../platform/sql.ts";
import type { TestServer } from "../../platform/testing/server.ts";
import { hostileTexts } from "./hostile.ts";
import { type Document, type Knowledge, oneFile, type Schema, valuesOf } from "./requests.ts";

type Flow = {
  readonly id: string;
  readonly subtypes: readonly { readonly code: string }[];
  readonly intakeForm: Schema & { readonly properties: Readonly<Record<string, Schema>> };
  readonly detailsForm: Schema;
  readonly takesIn: boolean;
};
type Order = {
  readonly orderId: string;
  readonly version: number;
  readonly attachments?: readonly { readonly seq: number }[];
  readonly actions?: readonly { readonly key: string; readonly form: Schema }[];
};

/** Looks around as a person who may read everything. In: `cityUnits` lie in one region, where orders can be handed on. */
export async function lookAround(
  server: TestServer,
  document: Document,
  headers: Readonly<Record<string, string>>,
  units: { readonly all: readonly number[]; readonly city: readonly number[] },
): Promise<Knowledge> {
  const { db } = server.platform;
  const read = async <Body>(url: string) => (await server.app.inject({ url, headers })).json<Body>();
  const column = async (statement: ReturnType<typeof sql>) => (await db.rows<{ v: unknown }>(statement)).map(({ v }) => v);
  const orderIds = (await column(
    sql`select order_id as v from work_order order by changed_at desc, order_id limit 40`,
  )) as string[];
  const customerIds = await column(sql`select customer_id::text as v from customer limit 8`);
  const staffIds = await column(sql`select staff_id as v from staff order by staff_id desc limit 8`);
  const { flows } = await read<{ flows: readonly Flow[] }>("/api/flows");
  const values: Knowledge["values"] = {
    ...Object.fromEntries(["orderId", "masterId"].map((name) => [name, orderIds])),
    ...Object.fromEntries(["unitId", "parentId", "deskUnitId", "homeUnitId", "tookPartUnitId"].map((name) => [name, units.all])),
    ...Object.fromEntries(["targetUnitId", "responsibleUnitId", "unitIds"].map((name) => [name, units.city])),
    ...Object.fromEntries(["staffId", "holderId"].map((name) => [name, staffIds])),
    customerId: customerIds,
    regionId: [100, 101, 102],
    account: await column(sql`select account as v from staff order by staff_id limit 8`),
    code: await column(sql`select code as v from transformer_area limit 8`),
    grantId: await column(sql`select grant_id as v from role_grant order by grant_id desc limit 8`),
    apiKeyId: await column(sql`select api_key_id as v from api_key order by api_key_id limit 4`),
    draftId: await column(sql`select draft_id::text as v from rulebook_draft limit 8`),
    key: await column(sql`select pack_key as v from rule_pack limit 8`),
    "getCalendar.key": await column(sql`select layer_key as v from calendar_layer`),
    "getRulebook.version": ["current", 1],
    baseVersion: [1],
    version: [1, 2, 3],
    seq: [1, 2, 3],
    articleId: await column(sql`select article_id as v from article order by article_id desc limit 8`),
    revision: [1, 2, 3],
    fileNo: [1],
    year: [2025, 2026, 2027],
    flow: flows.map(({ id }) => id),
    report: ["timeliness", "states", "verdicts"],
    by: ["unit", "month", "type", "unit,month"],
    expiresAt: ["2026-06-01T00:00:00Z"],
    role: ["AGENT", "HANDLER", "DISPATCHER"],
  };

  const takesIn = fc.constantFrom(...flows.filter((flow) => flow.takesIn)).chain((flow) => {
    const { customerId: _, ...fields } = flow.intakeForm.properties;
    const form = customerIds.length > 0 ? flow.intakeForm : { ...flow.intakeForm, properties: fields };
    return fc.record({
      body: fc.record({
        flow: fc.constant(flow.id),
        subtype: fc.constantFrom(...(flow.subtypes.length === 0 ? [null] : flow.subtypes.map(({ code }) => code))),
        deskUnitId: fc.constantFrom(...units.city, ...units.city, ...units.all),
        form: valuesOf(form, document, values),
        details: valuesOf(flow.detailsForm, document, values),
      }),
    });
  });
  const orders: Order[] = [];
  for (const orderId of orderIds) orders.push(await read<Order>(`/api/orders/${orderId}`));
  const acts = orders.flatMap(({ orderId, version, actions = [] }) =>
    actions.map(({ key: action, form }) =>
      fc.record({
        path: fc.constant({ orderId, action }),
        body: fc.record({ version: fc.constant(version), form: valuesOf(form, document, { ...values, unitId: units.city }) }),
      }),
    ),
  );
  const attachments = orders.flatMap(({ orderId, attachments: files = [] }) =>
    files.map(({ seq }) => fc.constant({ path: { orderId, seq: String(seq) }, body: undefined })),
  );
  const names = fc.constantFrom("照片.txt", "a.pdf", "../b.txt", "", "c");
  const contents = fc.constantFrom("电表箱在楼道东侧", "%PDF-1.7", "<script>", ...hostileTexts);
  return {
    values,
    requests: {
      takeIn: takesIn,
      previewIntake: takesIn,
      attachFile: fc.tuple(names, contents).map(([name, content]) => ({ body: oneFile(name, content) })),
      attachToArticle: fc.tuple(names, contents).map(([name, content]) => ({ body: oneFile(name, content) })),
      createCustomer: newCustomer(units.all),
      ...(attachments.length > 0 ? { readAttachment: fc.oneof(...attachments) } : {}),
      ...(acts.length > 0 ? { act: fc.oneof(...acts) } : {}),
    },
  };
}

// Names and numbers of a customer obey rules that a JSON schema cannot tell.
const newCustomer = (unitIds: readonly number[]) =>
  fc.record({
    body: fc.record({
      name: fc.constantFrom("王小明", "城东商场", ...hostileTexts.slice(1, 12)),
      customerNo: fc.constant(null),
      importance: fc.constant("ORDINARY"),
      accounts: fc.array(
        fc.record({
          accountNo: fc.stringMatching(/^33\d{8}$/),
          category: fc.constant("RESIDENT"),
          voltage: fc.constant(null),
          areaClass: fc.constant("URBAN"),
          transformerAreaCode: fc.constant(null),
          unitId: fc.constantFrom(...unitIds),
          address: fc.constantFrom("文三路90号", null),
          coordinates: fc.constant(null),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      contacts: fc.array(
        fc.record({
          name: fc.constantFrom("李", null),
          phone: fc.constantFrom("13812345678", "057188001234"),
          relation: fc.constant(contactRelations[0]),
        }),
        { maxLength: 1 },
      ),
      specialNeeds: fc.constant([]),
    }),
  });

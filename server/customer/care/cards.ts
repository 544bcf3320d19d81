// Service cards: one, or all of a transformer area. Printing gives a file its token; renewing it makes older cards lead nowhere.
import { randomBytes } from "node:crypto";
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import { cardAccountNo, cardAddress, cardToken, regionOfCard } from "@bihuan/core/customer/file/card.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { type Actor, recordAccess } from "../../identity/access-log/commands.ts";
import type { Queryable, Tx } from "../../platform/database.ts";
import type { Download } from "../../platform/http/operations.ts";
import { fontsOf } from "../../platform/pdf/fonts.ts";
import type { Platform } from "../../platform/platform.ts";
import { sql } from "../../platform/sql.ts";
import { onCustomer } from "../editing/transaction.ts";
import { customerRecord } from "../queries.ts";
import { type Editor, reaches, withinReach } from "../reach.ts";
import { maskCustomerName, todayAt } from "../view.ts";
import { type Card, drawCards } from "./card-sheet.ts";
import { phoneOf, unitPhones } from "./phones.ts";

export type Language = "zh" | "en";
/** Who prints, in which language, and the address of the product that the code shall lead to. */
export type Printing = { readonly editor: Editor; readonly actor: Actor; readonly language: Language; readonly address: string };

const MOST_CARDS = 500;
const HOTLINE = "95598";

type CardRecord = {
  readonly name: string | null;
  readonly categories: Parameters<typeof maskCustomerName>[1];
  readonly accountNos: readonly string[];
  readonly unitId: number;
  readonly manager: { readonly name: string; readonly phone: string | null } | null;
  readonly token: string;
};

const words = {
  title: { zh: "客户服务卡", en: "Customer service card" },
  customer: { zh: "客户", en: "Customer" },
  account: { zh: "户号", en: "Account" },
  manager: { zh: "客户经理", en: "Your manager" },
  managerPhone: { zh: "经理电话", en: "Telephone" },
  unit: { zh: "供电单位", en: "Supply unit" },
  unitPhone: { zh: "服务电话", en: "Service telephone" },
  hotline: { zh: "供电服务热线", en: "Hotline" },
  scan: { zh: "工作人员扫码办理", en: "For our staff to scan" },
  more: { zh: "等", en: "and others" },
} as const;
const foot = {
  zh: (date: string) => `二维码不含个人信息，仅供电单位工作人员登录后可用。打印日期 ${date}`,
  en: (date: string) => `The code holds no personal data and serves signed-in staff only. Printed on ${date}`,
};

const SHOWN_ACCOUNTS = 2;

function cardOf(
  { editor: { tree }, language, address }: Printing,
  phones: ReadonlyMap<number, string>,
  card: CardRecord,
  nowMs: number,
): Card {
  const say = (name: keyof typeof words) => words[name][language];
  const accounts = card.accountNos.slice(0, SHOWN_ACCOUNTS).map(cardAccountNo).join(" ");
  const more = card.accountNos.length > SHOWN_ACCOUNTS ? ` ${say("more")} ${card.accountNos.length}` : "";
  const unit = tree.unit(card.unitId)?.name ?? "";
  const rows: readonly (readonly [string, string | null])[] = [
    [say("customer"), maskCustomerName(card.name ?? "", card.categories)],
    [say("account"), `${accounts}${more}`],
    [say("manager"), card.manager?.name ?? null],
    [say("managerPhone"), card.manager?.phone ?? null],
    [say("unit"), unit],
    [say("unitPhone"), phoneOf(tree, phones, card.unitId)],
  ];
  return {
    title: say("title"),
    unit,
    rows: rows.filter((row): row is readonly [string, string] => row[1] !== null && row[1] !== ""),
    hotline: { name: say("hotline"), number: HOTLINE },
    code: cardAddress(address, card.token),
    codeNote: say("scan"),
    foot: foot[language](todayAt(tree, card.unitId, nowMs)),
  };
}

const cardRecords = (on: Queryable, regionId: number, customerIds: readonly CustomerId[]): Promise<CardRecord[]> =>
  on.rows(sql`
    select c.name, array_agg(distinct a.category) categories, array_agg(a.account_no order by a.account_no) "accountNos",
      (array_agg(a.unit_id order by a.account_no))[1] "unitId", c.card_token token,
      case when s.staff_id is null then null else json_build_object('name', s.name, 'phone', f.phone) end manager
    from customer c join customer_account a on a.region_id = c.region_id and a.customer_id = c.customer_id
    left join customer_manager m on m.region_id = c.region_id and m.customer_id = c.customer_id and m.until is null
    left join staff s on s.staff_id = m.staff_id and s.active
    left join service_phone f on f.holder = 'STAFF' and f.holder_id = s.staff_id
    where c.region_id = ${regionId} and c.customer_id = any(${customerIds}::bigint[])
    group by c.region_id, c.customer_id, s.staff_id, f.phone order by min(a.account_no)`);

// A token is given once; another only where the cards before are to lead nowhere.
async function giveTokens(tx: Tx, regionId: number, customerIds: readonly CustomerId[], renew: boolean): Promise<void> {
  const without = await tx.rows<{ id: string }>(sql`
    select customer_id::text id from customer
    where region_id = ${regionId} and customer_id = any(${customerIds}::bigint[]) and (card_token is null or ${renew}) for update`);
  const tokens = without.map(() => cardToken(regionId, randomBytes(16)));
  await tx.run(sql`
    update customer c set card_token = t.token
    from unnest(${without.map(({ id }) => id)}::bigint[], ${tokens}::text[]) t (id, token)
    where c.region_id = ${regionId} and c.customer_id = t.id`);
}

async function download(platform: Platform, printing: Printing, records: readonly CardRecord[], name: string): Promise<Download> {
  const nowMs = platform.time.nowMs();
  const phones = await unitPhones(platform.db);
  const cards = records.map((record) => cardOf(printing, phones, record, nowMs));
  return { body: await drawCards(cards, await fontsOf(platform.config), nowMs), fileName: `service-card-${name}.pdf` };
}

/** Prints one customer's card. */
export async function printCard(
  platform: Platform,
  printing: Printing,
  customerId: CustomerId,
  renew: boolean,
): Promise<Download | Refusal> {
  const { editor, actor } = printing;
  const asked = { customerId, permission: "customer.record", append: true } as const;
  const printed = await onCustomer(platform, editor, asked, async ({ tx, key, nowMs }) => {
    await giveTokens(tx, key.regionId, [customerId], renew);
    await recordAccess(tx, nowMs, actor, {
      action: "EXPORTED",
      recordKind: "customer",
      recordId: customerId,
      facts: { sheet: "service-card", renewed: renew },
    });
    return { records: await cardRecords(tx, key.regionId, [customerId]) };
  });
  return isRefusal(printed) ? printed : download(platform, printing, printed.records, customerId);
}

/** Prints the cards of a transformer area, those within the caller's reach. */
export async function printAreaCards(
  platform: Platform,
  printing: Printing,
  { regionId, code }: { readonly regionId: number; readonly code: string },
): Promise<Download | Refusal> {
  const { editor, actor } = printing;
  const records = await platform.db.transaction(async (tx) => {
    const found = await tx.rows<{ id: string }>(sql`
      select distinct a.customer_id::text id
      from customer_account a join customer c on c.region_id = a.region_id and c.customer_id = a.customer_id and c.erased_at is null
      where a.region_id = ${regionId} and a.transformer_area_code = ${code} and ${withinReach(editor, ["customer.record"], undefined)}
      order by 1 limit ${MOST_CARDS + 1}`);
    if (found.length === 0) return refuse("request.not-found");
    if (found.length > MOST_CARDS) return refuse("customer.too-many-cards", { most: MOST_CARDS });
    const ids = found.map(({ id }) => id);
    await giveTokens(tx, regionId, ids, false);
    await recordAccess(tx, platform.time.nowMs(), actor, {
      action: "EXPORTED",
      recordKind: "transformer-area",
      recordId: `${regionId}-${code}`,
      facts: { sheet: "service-card", cards: ids.length },
    });
    return cardRecords(tx, regionId, ids);
  });
  return isRefusal(records) ? records : download(platform, printing, records, `${regionId}-${code}`);
}

/** The customer a card's token leads to, for somebody who may read the file. A token is no secret to guess at: 128 bits, and staff only. */
export async function openCard(
  on: Queryable,
  editor: Editor,
  token: string,
): Promise<{ readonly customerId: CustomerId } | Refusal> {
  const found = await on.maybe<{ id: string }>(sql`
    select coalesce(merged_into, customer_id)::text id from customer where region_id = ${regionOfCard(token)} and card_token = ${token}`);
  const record = found && (await customerRecord(on, found.id));
  return record && reaches(editor, record, "customer.read") ? { customerId: record.customerId } : refuse("request.not-found");
}

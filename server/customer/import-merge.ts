// The statements of a customer import. The file comes in chunks; each is staged, checked against what came before it, and merged
// as a set, while the next one is being read. The file adds and changes; it removes nothing. Where it says nothing (null), what
// is known stays.
import type { Bilingual } from "@bihuan/contract/text.ts";
import type { Tx } from "../platform/database.ts";
import { instant, raw, sql } from "../platform/sql.ts";
import type { RowProblem } from "./import-rows.ts";

/** The columns of the staging table that are filled by COPY, in its order. */
export const stagedColumns = [
  "line",
  "region_id",
  "account_no",
  "customer_no",
  "name",
  "importance",
  "unit_id",
  "category",
  "voltage",
  "area_class",
  "unit_area_class",
  "area_code",
  "area_name",
  "address",
  "longitude",
  "latitude",
  "contact_names",
  "contact_phones",
  "contact_relations",
  "need_kinds",
  "need_notes",
  "search_tokens",
  "search_text",
] as const;

// Nothing is decided by these columns; sampling wide arrays would be most of the work of an analyze.
const unsampled = [
  "search_tokens",
  "search_text",
  "contact_names",
  "contact_phones",
  "contact_relations",
  "need_kinds",
  "need_notes",
];

/** Makes the tables an import works with; they go with its transaction. */
export async function createStage(tx: Tx): Promise<void> {
  await tx.run(sql`
    create temp table import_row (
      line int not null, region_id smallint not null, account_no text collate "C" not null, customer_no text collate "C",
      name text not null, importance text, unit_id int not null, category text not null, voltage text, area_class text,
      unit_area_class text, area_code text collate "C", area_name text, address text, longitude double precision,
      latitude double precision, contact_names text[] not null, contact_phones text[] collate "C" not null,
      contact_relations text[] not null, need_kinds text[] not null, need_notes text[] not null,
      search_tokens text[] collate "C" not null, search_text text collate "C" not null
    ) on commit drop`);
  await tx.run(
    sql`alter table import_row ${raw(unsampled.map((column) => `alter column ${column} set statistics 0`).join(", "))}`,
  );
  // Which customer each row of the chunk is about; first_row: the row that brings a new customer.
  await tx.run(sql`
    create temp table import_target (
      line int not null, region_id smallint not null, customer_no text collate "C", customer_id bigint, known_account boolean not null,
      another boolean not null, erased boolean not null, fresh boolean not null, first_row boolean not null
    ) on commit drop`);
  // The first line of the file that names an account, an area, a customer number, and what it says of it.
  await tx.run(sql`
    create temp table import_first (
      kind text collate "C" not null, region_id smallint not null, key text collate "C" not null, line int not null, said text collate "C",
      primary key (kind, region_id, key)
    ) on commit drop`);
  await tx.run(sql`create temp table import_touched (region_id smallint, customer_id bigint) on commit drop`);
  await tx.run(sql`create temp table import_stale (region_id smallint, customer_id bigint) on commit drop`);
}

export const clearChunk = (tx: Tx): Promise<number> => tx.run(sql`truncate import_row, import_target, import_touched`);

type Found = { line: number; other: number };
const problems = (found: readonly Found[], column: string | null, reason: (other: number) => Bilingual): RowProblem[] =>
  found.map(({ line, other }) => ({ line, column, reason: reason(other) }));

/** Takes out rows that contradict an earlier row of the file. Out: why, by line. */
export async function refuseContradictions(tx: Tx): Promise<RowProblem[]> {
  const contradicting = async (kind: string, key: string, said: string) => {
    await tx.run(
      sql`${raw(`
      insert into import_first (kind, region_id, key, line, said)
      select distinct on (region_id, ${key}) '${kind}', region_id, ${key}, line, ${said} from import_row
      where ${key} is not null order by region_id, ${key}, line on conflict do nothing`)}`,
    );
    return tx.rows<Found>(
      sql`${raw(`
      delete from import_row r using import_first f
      where f.kind = '${kind}' and f.region_id = r.region_id and f.key = r.${key} and f.line <> r.line and f.said <> r.${said}::text
      returning r.line, f.line "other"`)}`,
    );
  };
  return [
    ...problems(await contradicting("account", "account_no", "line"), "accountNo", (line) => ({
      zh: `户号在第 ${line} 行已出现`,
      en: `The account number already stands on line ${line}`,
    })),
    ...problems(await contradicting("area", "area_code", "unit_id"), "unitCode", (line) => ({
      zh: `同一台区在第 ${line} 行属于另一单位`,
      en: `On line ${line} the transformer area belongs to another unit`,
    })),
    ...problems(await contradicting("customer", "customer_no", "name"), "customer", (line) => ({
      zh: `同一客户编号在第 ${line} 行是另一户名`,
      en: `On line ${line} the customer number has another name`,
    })),
  ];
}

/**
 * Decides which customer each row is about: that of its account, else that of its customer number, else a new one. An account
 * never changes its customer here. Takes out rows that would. Out: why, by line; the answers stand in `import_target`.
 */
export async function resolveCustomers(tx: Tx, nowMs: number): Promise<RowProblem[]> {
  // A customer on file without a number takes the one its account's row names, unless somebody has it.
  await tx.run(sql`
    with named as (
      select distinct on (r.region_id, r.customer_no) r.region_id, r.customer_no, c.customer_id
      from import_row r join customer_account a using (region_id, account_no) join customer c using (region_id, customer_id)
      where r.customer_no is not null and c.customer_no is null and c.erased_at is null
        and not exists (select from customer o where o.region_id = r.region_id and o.customer_no = r.customer_no)
      order by r.region_id, r.customer_no, r.line),
    one_each as (select distinct on (region_id, customer_id) * from named order by region_id, customer_id, customer_no)
    update customer c set customer_no = n.customer_no, version = version + 1, changed_at = ${instant(nowMs)}
    from one_each n where c.region_id = n.region_id and c.customer_id = n.customer_id`);
  await tx.run(sql`
    insert into import_target
    select r.line, r.region_id, r.customer_no, coalesce(a.customer_id, n.customer_id),
      a.account_no is not null,
      a.account_no is not null and r.customer_no is not null and r.customer_no is distinct from o.customer_no,
      coalesce(o.erased_at, n.erased_at) is not null,
      false, false
    from import_row r
    left join customer_account a using (region_id, account_no)
    left join customer o on o.region_id = a.region_id and o.customer_id = a.customer_id
    left join customer n on n.region_id = r.region_id and n.customer_no = r.customer_no`);
  const refused = [
    ...problems(await tx.rows<Found>(sql`select line, 0 other from import_target where another`), "customerNo", () => ({
      zh: "户号已属于另一客户编号;请先合并客户档案",
      en: "The account belongs to another customer number; merge the customers first",
    })),
    ...problems(await tx.rows<Found>(sql`select line, 0 other from import_target where erased and not another`), null, () => ({
      zh: "该客户的个人信息已删除,不再导入",
      en: "This customer's personal data were erased and are not brought back",
    })),
    ...problems(
      await tx.rows<Found>(sql`
        select t.line, 0 other from import_target t join import_row r using (line)
        where not t.known_account and not t.erased and coalesce(r.area_class, r.unit_area_class) is null`),
      "areaClass",
      () => ({ zh: "缺少区域类别,责任单位也未设置", en: "Missing, and the unit has none either" }),
    ),
  ];
  if (refused.length > 0) {
    const lines = refused.map(({ line }) => line);
    await tx.run(sql`delete from import_target where line = any(${lines}::int[])`);
    await tx.run(sql`delete from import_row where line = any(${lines}::int[])`);
  }
  await tx.run(sql`
    update import_target set customer_id = region_id * 10000000000 + nextval('customer_number'), fresh = true, first_row = true
    where customer_id is null and customer_no is null`);
  await tx.run(sql`
    with made as (select region_id, customer_no, min(line) line, region_id * 10000000000 + nextval('customer_number') customer_id
      from import_target where customer_id is null group by region_id, customer_no)
    update import_target t set customer_id = m.customer_id, fresh = true, first_row = t.line = m.line
    from made m where t.customer_id is null and t.region_id = m.region_id and t.customer_no = m.customer_no`);
  return refused;
}

export type Merged = {
  readonly customersCreated: number;
  readonly accountsCreated: number;
  /** Accounts of the file, on file before, of which something changed: their own data, their customer's, a contact, a need. */
  readonly accountsChanged: number;
  readonly areasCreated: number;
  /** Accounts that follow their transformer area to another unit. */
  readonly accountsMoved: number;
};

/** Writes the chunk. Search columns that the staged ones cannot be are noted for {@link customersToRefresh}. */
export async function mergeChunk(tx: Tx, nowMs: number): Promise<Merged> {
  const now = instant(nowMs);
  const areas = await tx.one<{ created: number }>(sql`
    with named as (
      select region_id, area_code code, max(area_name) "name", min(unit_id) unit_id
      from import_row where area_code is not null group by region_id, area_code),
    written as (
      insert into transformer_area as t (region_id, code, name, unit_id, created_at, changed_at)
      select region_id, code, coalesce(name, code), unit_id, ${now}, ${now} from named order by region_id, code
      on conflict (region_id, code) do nothing returning 1),
    changed as (
      update transformer_area t set name = coalesce(n.name, t.name), unit_id = n.unit_id, version = version + 1, changed_at = ${now}
      from named n where t.region_id = n.region_id and t.code = n.code and (t.unit_id <> n.unit_id or t.name <> n.name))
    select count(*)::int created from written`);
  const moved = await tx.run(sql`
    update customer_account a set unit_id = t.unit_id from transformer_area t
    where t.region_id = a.region_id and t.code = a.transformer_area_code and t.unit_id <> a.unit_id
      and (t.region_id, t.code) in (select distinct region_id, area_code from import_row where area_code is not null)`);
  const customersCreated = await tx.run(sql`
    insert into customer (region_id, customer_id, customer_no, name, importance, created_at, changed_at)
    select r.region_id, t.customer_id, r.customer_no, r.name, coalesce(r.importance, 'ORDINARY'), ${now}, ${now}
    from import_row r join import_target t using (line) where t.first_row order by t.customer_id`);
  await tx.run(sql`
    with wanted as (
      select distinct on (r.region_id, t.customer_id) r.region_id, t.customer_id, r.name, r.importance
      from import_row r join import_target t using (line) where not t.fresh order by r.region_id, t.customer_id, r.line),
    changed as (
      update customer c set name = w.name, importance = coalesce(w.importance, c.importance), version = version + 1, changed_at = ${now}
      from wanted w where c.region_id = w.region_id and c.customer_id = w.customer_id
        and (c.name <> w.name or c.importance <> w.importance)
      returning c.region_id, c.customer_id)
    insert into import_touched select * from changed`);
  const accountsCreated = await tx.run(sql`
    insert into customer_account (region_id, account_no, customer_id, unit_id, category, voltage, area_class,
      transformer_area_code, address, longitude, latitude, search_tokens, search_text)
    select r.region_id, r.account_no, t.customer_id, r.unit_id, r.category, r.voltage, coalesce(r.area_class, r.unit_area_class),
      r.area_code, r.address, r.longitude, r.latitude, r.search_tokens, r.search_text
    from import_row r join import_target t using (line) where not t.known_account`);
  await tx.run(sql`
    with changed as (
      update customer_account a set category = r.category, voltage = coalesce(r.voltage, a.voltage),
        area_class = coalesce(r.area_class, a.area_class), transformer_area_code = coalesce(r.area_code, a.transformer_area_code),
        unit_id = case when r.area_code is null and a.transformer_area_code is not null then a.unit_id else r.unit_id end,
        address = coalesce(r.address, a.address), longitude = coalesce(r.longitude, a.longitude),
        latitude = coalesce(r.latitude, a.latitude)
      from import_row r join import_target t using (line)
      where t.known_account and a.region_id = r.region_id and a.account_no = r.account_no
        and (a.category <> r.category or a.voltage is distinct from coalesce(r.voltage, a.voltage) or a.area_class <> r.area_class
          or a.transformer_area_code is distinct from coalesce(r.area_code, a.transformer_area_code)
          or (a.unit_id <> r.unit_id and (r.area_code is not null or a.transformer_area_code is null))
          or a.address is distinct from coalesce(r.address, a.address)
          or a.longitude is distinct from coalesce(r.longitude, a.longitude)
          or a.latitude is distinct from coalesce(r.latitude, a.latitude))
      returning a.region_id, a.customer_id)
    insert into import_touched select * from changed`);
  await mergeContacts(tx);
  await mergeNeeds(tx);
  const { changed } = await tx.one<{ changed: number }>(sql`
    select count(*)::int changed from import_target t
    where t.known_account and (t.region_id, t.customer_id) in (select region_id, customer_id from import_touched)`);
  await tx.run(sql`
    insert into import_stale select region_id, customer_id from import_touched
    union select region_id, customer_id from import_target where not first_row and (fresh or not known_account)`);
  return { customersCreated, accountsCreated, accountsChanged: changed, areasCreated: areas.created, accountsMoved: moved };
}

// Of several rows that name one number for one customer, the first counts.
async function mergeContacts(tx: Tx): Promise<void> {
  await tx.run(sql`
    insert into customer_contact (region_id, customer_id, contact_no, name, phone, relation)
    select r.region_id, t.customer_id, p.place, p.name, p.phone, p.relation
    from import_row r join import_target t using (line)
      cross join lateral unnest(r.contact_names, r.contact_phones, r.contact_relations) with ordinality p(name, phone, relation, place)
    where t.first_row`);
  await tx.run(sql`
    with wanted as (
      select distinct on (r.region_id, t.customer_id, p.phone) r.region_id, t.customer_id, p.*, r.line
      from import_row r join import_target t using (line)
        cross join lateral unnest(r.contact_names, r.contact_phones, r.contact_relations) with ordinality p(name, phone, relation, place)
      where not t.first_row
      order by r.region_id, t.customer_id, p.phone, r.line, p.place),
    added as (
      insert into customer_contact (region_id, customer_id, contact_no, name, phone, relation)
      select w.region_id, w.customer_id,
        coalesce((select max(contact_no) from customer_contact p where p.region_id = w.region_id and p.customer_id = w.customer_id), 0)
          + row_number() over (partition by w.region_id, w.customer_id order by w.line, w.place),
        w.name, w.phone, w.relation
      from wanted w
      where not exists (select from customer_contact p
        where p.region_id = w.region_id and p.customer_id = w.customer_id and p.phone = w.phone)
      returning region_id, customer_id),
    changed as (
      update customer_contact p set name = coalesce(w.name, p.name), relation = w.relation
      from wanted w where p.region_id = w.region_id and p.customer_id = w.customer_id and p.phone = w.phone
        and (p.name is distinct from coalesce(w.name, p.name) or p.relation <> w.relation)
      returning p.region_id, p.customer_id)
    insert into import_touched select * from added union select * from changed`);
}

async function mergeNeeds(tx: Tx): Promise<void> {
  await tx.run(sql`
    with wanted as (
      select distinct on (r.region_id, t.customer_id, n.kind) r.region_id, t.customer_id, n.kind, n.note
      from import_row r join import_target t using (line) cross join lateral unnest(r.need_kinds, r.need_notes) n(kind, note)
      order by r.region_id, t.customer_id, n.kind, r.line),
    added as (
      insert into special_need (region_id, customer_id, kind, note) select * from wanted
      on conflict (region_id, customer_id, kind) do nothing returning region_id, customer_id)
    insert into import_touched select * from added`);
}

/** Customers on file before that changed, and those with several accounts: their search columns are made anew at the end. */
export const customersToRefresh = (tx: Tx): Promise<{ regionId: number; customerIds: string[] }[]> =>
  tx.rows(sql`
    select region_id "regionId", array_agg(distinct customer_id::text) "customerIds" from import_stale group by region_id`);

/**
 * Takes the search index off an empty table, where building it at the end costs half as much and nobody searches yet.
 * Out: the statement that brings it back, or null where the table holds rows and keeps its index.
 */
export async function dropSearchIndexOfEmptyTable(tx: Tx): Promise<string | null> {
  if (await tx.maybe(sql`select 1 from customer_account limit 1`)) return null;
  const { definition } = await tx.one<{ definition: string }>(sql`
    select pg_get_indexdef('customer_account_search'::regclass) definition`);
  await tx.run(sql`drop index customer_account_search`);
  return definition;
}

// The second half of a customer import: a staged and resolved chunk is written. The file adds and changes; it removes nothing. Where it
// says nothing (null), what is known stays.
import type { Tx } from "../../platform/database.ts";
import { instant, sql } from "../../platform/sql.ts";
import { mergeArrears } from "./merge-arrears.ts";

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
    insert into customer (region_id, customer_id, customer_no, name, importance, facts, created_at, changed_at)
    select r.region_id, t.customer_id, r.customer_no, r.name, coalesce(r.importance, 'ORDINARY'), r.facts, ${now}, ${now}
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
  // What is searched for has changed with these; what follows is told of a customer, and nobody searches for it.
  await tx.run(sql`
    insert into import_stale select region_id, customer_id from import_touched
    union select region_id, customer_id from import_target where not first_row and (fresh or not known_account)`);
  await mergeNeeds(tx);
  await mergeFacts(tx, nowMs);
  await mergeManagers(tx, nowMs);
  await mergeArrears(tx, nowMs);
  const { changed } = await tx.one<{ changed: number }>(sql`
    select count(*)::int changed from import_target t
    where t.known_account and (t.region_id, t.customer_id) in (select region_id, customer_id from import_touched)`);
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

// Of several rows about one customer, the first that states facts counts; facts of the other kind on file stay.
async function mergeFacts(tx: Tx, nowMs: number): Promise<void> {
  if (!(await tx.maybe(sql`select 1 from import_row where facts is not null limit 1`))) return;
  await tx.run(sql`
    with wanted as (
      select distinct on (r.region_id, t.customer_id) r.region_id, t.customer_id, r.facts
      from import_row r join import_target t using (line) where r.facts is not null order by r.region_id, t.customer_id, r.line),
    changed as (
      update customer c set facts = coalesce(c.facts, '{}') || w.facts, version = version + 1, changed_at = ${instant(nowMs)}
      from wanted w where c.region_id = w.region_id and c.customer_id = w.customer_id
        and coalesce(c.facts ->> 'kind' = w.facts ->> 'kind', true) and not coalesce(c.facts @> w.facts, false)
      returning c.region_id, c.customer_id)
    insert into import_touched select * from changed`);
}

async function mergeManagers(tx: Tx, nowMs: number): Promise<void> {
  if (!(await tx.maybe(sql`select 1 from import_row where manager_id is not null limit 1`))) return;
  const wanted = sql`
    select distinct on (r.region_id, t.customer_id) r.region_id, t.customer_id, r.manager_id
    from import_row r join import_target t using (line) where r.manager_id is not null order by r.region_id, t.customer_id, r.line`;
  await tx.run(sql`
    update customer_manager m set until = ${instant(nowMs)} from (${wanted}) w
    where m.region_id = w.region_id and m.customer_id = w.customer_id and m.until is null and m.staff_id <> w.manager_id`);
  await tx.run(sql`
    with wanted as (${wanted}),
    named as (
      insert into customer_manager (region_id, customer_id, manager_no, staff_id, since)
      select w.region_id, w.customer_id,
        coalesce((select max(k.manager_no) from customer_manager k where k.region_id = w.region_id and k.customer_id = w.customer_id), 0) + 1,
        w.manager_id, ${instant(nowMs)}
      from wanted w
      where not exists (select from customer_manager k
        where k.region_id = w.region_id and k.customer_id = w.customer_id and k.until is null)
      returning region_id, customer_id)
    insert into import_touched select * from named`);
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

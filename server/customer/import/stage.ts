// The first half of a customer import: the file comes in chunks, each is staged as a set, checked against what came before it, and
// each row is told which customer it is about.
import type { Bilingual } from "@bihuan/contract/text.ts";
import type { Tx } from "../../platform/database.ts";
import { instant, raw, sql } from "../../platform/sql.ts";
import type { RowProblem } from "./rows.ts";

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
  "manager_id",
  "facts",
  "arrears_owed",
  "arrears_since",
  "arrears_fen",
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
  "facts",
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
      manager_id int, facts jsonb, arrears_owed boolean, arrears_since date, arrears_fen bigint,
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
 * never changes its customer here. Takes out rows that would, and rows about customers beyond the units given (null: all units).
 * Out: why, by line; the answers stand in `import_target`.
 */
export async function resolveCustomers(tx: Tx, nowMs: number, reach: readonly number[] | null): Promise<RowProblem[]> {
  // A customer on file without a number takes the one its account's row names, unless somebody has it.
  await tx.run(sql`
    with named as (
      select distinct on (r.region_id, r.customer_no) r.region_id, r.customer_no, c.customer_id
      from import_row r join customer_account a using (region_id, account_no) join customer c using (region_id, customer_id)
      where r.customer_no is not null and c.customer_no is null and c.erased_at is null
        and not exists (select from customer o where o.region_id = r.region_id and o.customer_no = r.customer_no)
      order by r.region_id, r.customer_no, r.line),
    one_each as (select distinct on (region_id, customer_id) * from named order by region_id, customer_id, customer_no),
    numbered as (
      update customer c set customer_no = n.customer_no, version = version + 1, changed_at = ${instant(nowMs)}
      from one_each n where c.region_id = n.region_id and c.customer_id = n.customer_id
      returning c.region_id, c.customer_id)
    insert into import_touched select * from numbered`);
  await tx.run(sql`
    insert into import_target
    select r.line, r.region_id, r.customer_no, coalesce(a.customer_id, n.merged_into, n.customer_id),
      a.account_no is not null,
      a.account_no is not null and r.customer_no is not null and a.customer_id is distinct from coalesce(n.merged_into, n.customer_id),
      coalesce(o.erased_at, n.erased_at) is not null,
      false, false
    from import_row r
    left join customer_account a using (region_id, account_no)
    left join customer o on o.region_id = a.region_id and o.customer_id = a.customer_id
    left join customer n on n.region_id = r.region_id and n.customer_no = r.customer_no`);
  const refused = [
    ...problems(await tx.rows<Found>(sql`select line, 0 other from import_target where another`), "customerNo", () => ({
      zh: "户号已属于另一客户编号；请先合并客户档案",
      en: "The account belongs to another customer number; merge the customers first",
    })),
    ...problems(await tx.rows<Found>(sql`select line, 0 other from import_target where erased and not another`), null, () => ({
      zh: "该客户的个人信息已删除，不再导入",
      en: "This customer's personal data were erased and are not brought back",
    })),
    ...problems(
      await tx.rows<Found>(sql`
        select t.line, 0 other from import_target t join import_row r using (line)
        where not t.known_account and not t.erased and coalesce(r.area_class, r.unit_area_class) is null`),
      "areaClass",
      () => ({ zh: "缺少区域类别，责任单位也未设置", en: "Missing, and the unit has none either" }),
    ),
  ];
  if (reach !== null) refused.push(...(await beyondReach(tx, reach)));
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

// A row of one's own unit may be about an account, a customer or a transformer area that is somebody else's.
async function beyondReach(tx: Tx, reach: readonly number[]): Promise<RowProblem[]> {
  const found = await tx.rows<Found>(sql`
    select t.line, 0 other from import_target t join import_row r using (line)
    where exists (select from customer_account a
        where a.region_id = t.region_id and a.customer_id = t.customer_id and a.unit_id <> all(${reach}::int[]))
      or exists (select from transformer_area x
        where x.region_id = r.region_id and x.code = r.area_code and x.unit_id <> all(${reach}::int[]))`);
  return problems(found, "unitCode", () => ({
    zh: "户号、客户或台区由您权限以外的单位负责",
    en: "The account, its customer or its transformer area belongs to a unit beyond your reach",
  }));
}

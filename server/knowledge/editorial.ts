// What editors and approvers have to do: what waits for approval, what is being written, what ends soon, what did not help.
import type { EditorialList } from "@bihuan/contract/knowledge.ts";
import { formatCivilDate, parseCivilDate } from "@bihuan/core/calendar/civil-date.ts";
import { unitWithin } from "../identity/scope.ts";
import type { Queryable } from "../platform/database.ts";
import { raw, type Sql, sql } from "../platform/sql.ts";
import { inForce, listColumns, type ListedVersion } from "./queries.ts";
import type { Reader } from "./reader.ts";

const MOST_SHOWN = 100;
const SOON_DAYS = 60;

const conditions = (today: string): Readonly<Record<EditorialList, Sql>> => ({
  SUBMITTED: sql`v.state = 'SUBMITTED'`,
  DRAFT: sql`v.state = 'DRAFT'`,
  EXPIRING: sql`${inForce(today)} and v.holds_to is not null
    and v.holds_to <= ${formatCivilDate((parseCivilDate(today) as number) + SOON_DAYS)}::date`,
  NOT_HELPFUL: sql`${inForce(today)} and v.not_helped > v.helped`,
});

// What has waited longest first, or what ends first, or what disappointed most.
const orders: Readonly<Record<EditorialList, Sql>> = {
  SUBMITTED: sql`v.submitted_at, v.article_id`,
  DRAFT: sql`v.changed_at, v.article_id`,
  EXPIRING: sql`v.holds_to, v.article_id`,
  NOT_HELPFUL: sql`v.not_helped - v.helped desc, v.article_id`,
};

const edited = ({ scope, tree }: Reader): Sql => unitWithin(scope, tree, "knowledge.edit", raw("a.unit_id"));

/** One of the lists, at most a hundred, of the units where this person edits. */
export const editorialWork = (on: Queryable, reader: Reader, list: EditorialList): Promise<ListedVersion[]> =>
  on.rows(sql`
    select ${listColumns} from article_version v join article a using (article_id)
    where ${conditions(reader.today)[list]} and ${edited(reader)} order by ${orders[list]} limit ${MOST_SHOWN}`);

/** How long each of the lists is. */
export async function editorialCounts(on: Queryable, reader: Reader): Promise<Record<EditorialList, number>> {
  const { SUBMITTED, DRAFT, EXPIRING, NOT_HELPFUL } = conditions(reader.today);
  return on.one(sql`
    select count(*) filter (where ${SUBMITTED})::int "SUBMITTED", count(*) filter (where ${DRAFT})::int "DRAFT",
      count(*) filter (where ${EXPIRING})::int "EXPIRING", count(*) filter (where ${NOT_HELPFUL})::int "NOT_HELPFUL"
    from article_version v join article a using (article_id)
    where ${edited(reader)} and (v.state in ('SUBMITTED', 'DRAFT')
      or v.state = 'APPROVED' and (v.holds_to is not null or v.not_helped > v.helped))`);
}

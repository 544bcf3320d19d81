// Averages (平均时限): what was promised "on average" judges the population. Each such rule with the mean of what its clocks took.
import { limitText } from "@bihuan/core/clock/duration-text.ts";
import { elapsedIn } from "@bihuan/core/clock/folding/elapsed.ts";
import type { Authority, Clock, LimitUnit } from "@bihuan/core/clock/types.ts";
import { rounded } from "@bihuan/core/history/figures.ts";
import type { AveragesRow } from "@bihuan/contract/report.ts";
import { rulebooksOf } from "../clock/rulebooks.ts";
import type { Database } from "../platform/database.ts";
import { sql } from "../platform/sql.ts";
import { liveOrders } from "./live-orders.ts";
import { groupColumns, groupNames, groupOf, type Selection } from "./selection.ts";

type Limited = {
  pack: string;
  rule: string;
  slot: string;
  authority: Authority;
  amount: number;
  unit: LimitUnit;
  version: number;
  cases: number;
  /** What all of them took together, in the limit's unit. */
  sum: number;
  above: number;
};
type Row = Limited & Readonly<Record<`g${number}`, string | null>>;

// A clock that was judged, whether it met its target or not, with its order's group.
const judged = (selection: Selection) => sql`
  select ${groupColumns(selection.by)}, h.pack, h.rule_key, h.slot, h.authority, h.amount, h.unit, h.rulebook_version, h.calendar,
    h.started_at, h.stopped_at, h.pauses
  from ${liveOrders(selection.reach)} join clock_history h
    on h.region_id = o.region_id and h.intake_month = o.intake_month and h.order_id = o.order_id
  where h.limit_kind = 'average' and h.status in ('met', 'missed')`;

// Minutes and hours run on the wall clock and leave out exactly what stopped them; several suspensions at once stop it once.
const onTheWall = (db: Database, selection: Selection): Promise<Row[]> =>
  db.rows<Row>(sql`
    with judged as (${judged(selection)} and h.unit in ('minute', 'hour')),
      took as (
        select *, ((extract(epoch from stopped_at - started_at) * 1000)::bigint - case when pauses = '[]' then 0 else coalesce((
          select sum(upper(stood) - lower(stood)) from (
            select unnest(range_agg(int8range((p ->> 'fromMs')::bigint, (p ->> 'toMs')::bigint))) as stood
            from jsonb_array_elements(pauses) p where (p ->> 'stopsClock')::boolean) stops), 0) end)::float8
          / case unit when 'hour' then 3600000 else 60000 end as took
        from judged)
    select ${groupNames(selection.by)}, pack, rule_key as rule, slot, authority, amount, unit, max(rulebook_version) as version,
      count(*)::int as cases, sum(took) as sum, count(*) filter (where took > amount)::int as above
    from took group by ${groupNames(selection.by)}, pack, rule_key, slot, authority, amount, unit`);

type Counted = Pick<Row, "pack" | "rule" | "slot" | "authority" | "amount" | "unit" | "version"> &
  Readonly<Record<`g${number}`, string | null>> & {
    readonly calendar: string | null;
    readonly started_at: number;
    readonly stopped_at: number;
    readonly pauses: Clock["pauses"];
  };

// What counts in opening hours or in days needs the rulebook's calendar.
async function byCalendar(db: Database, selection: Selection): Promise<Row[]> {
  const clocks = await db.rows<Counted>(sql`
    with judged as (${judged(selection)} and h.unit not in ('minute', 'hour'))
    select ${groupNames(selection.by)}, pack, rule_key as rule, slot, authority, amount, unit, rulebook_version as version, calendar,
      started_at, stopped_at, pauses
    from judged`);
  const rulebookOf = await rulebooksOf(db).of(db, [...new Set(clocks.map(({ version }) => version))]);
  const sums = new Map<string, Row>();
  for (const { calendar, started_at, stopped_at, pauses, version, ...of } of clocks) {
    const rulebook = rulebookOf(version);
    const limit = {
      unit: of.unit,
      calendar: calendar === null ? null : (rulebook.calendars.get(calendar) ?? null),
      dayEnd: "24:00",
      afterHours: rulebook.rules.get(`${of.pack}/${of.rule}`)?.rule.afterHours ?? "same-day",
    } as const;
    const stops = pauses.filter(({ stopsClock }) => stopsClock).map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs ?? stopped_at }));
    const took = elapsedIn(limit, started_at, stopped_at, stops);
    const key = JSON.stringify(of);
    const known = sums.get(key) ?? { ...of, version, cases: 0, sum: 0, above: 0 };
    sums.set(key, {
      ...known,
      version: Math.max(known.version, version),
      cases: known.cases + 1,
      sum: known.sum + took,
      above: known.above + (took > of.amount ? 1 : 0),
    });
  }
  return [...sums.values()];
}

/** The averages of a selection, by group and rule. Only orders of this system: files know no rules. */
export async function averages(db: Database, selection: Selection): Promise<AveragesRow[]> {
  if (!selection.live) return [];
  const rows = [...(await onTheWall(db, selection)), ...(await byCalendar(db, selection))];
  const rulebookOf = await rulebooksOf(db).of(db, [...new Set(rows.map(({ version }) => version))]);
  return rows
    .map((row): AveragesRow => {
      const { pack, rule, slot, authority, amount, unit, cases, above } = row;
      const mean = rounded(row.sum / cases, 2);
      return {
        group: groupOf(selection.by, row),
        pack,
        rule,
        title: rulebookOf(row.version).rules.get(`${pack}/${rule}`)?.rule.title ?? { zh: rule, en: rule },
        slot,
        authority,
        amount,
        unit,
        limit: limitText(amount, unit),
        cases,
        above,
        mean,
        met: mean <= amount,
      };
    })
    .sort(
      (a, b) => compare(JSON.stringify(a.group), JSON.stringify(b.group)) || compare(a.pack, b.pack) || compare(a.rule, b.rule),
    );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

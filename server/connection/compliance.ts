// How many connections were in time (业扩服务时限达标率), by the day of archiving or by hall, and how old those under way are.
import type { ComplianceQuery, ConnectionCompliance } from "@bihuan/contract/connection.ts";
import { MOST_COMPLIANCE_DAYS } from "@bihuan/contract/connection.ts";
import { DAY_MS, formatCivilDate, parseCivilDate } from "@bihuan/core/calendar/civil-date.ts";
import { compileZone, toInstantMs, toLocalMs } from "@bihuan/core/calendar/zone.ts";
import type { Policies } from "@bihuan/core/clock/rules/policies.ts";
import { ageingBuckets, bucketOf } from "@bihuan/core/connection/ageing.ts";
import { classOf, complianceOf, type ComplianceWeights, connectionClasses } from "@bihuan/core/connection/compliance.ts";
import { connectionFlows } from "@bihuan/core/connection/process/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { z } from "zod";
import type { Queryable } from "../platform/database.ts";
import { archivedIn, type ArchivedRow, openByAge } from "./queries.ts";

/** The weights as the rulebook in force has them. */
export const weightsOf = ({ connection }: Policies): ComplianceWeights => ({
  highVoltage: connection.highVoltageWeight,
  lowVoltage: connection.lowVoltageWeight,
  generationAndCharging: connection.generationWeight,
});

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 100) / 100;

function figuresOf(rows: readonly ArchivedRow[], weights: ComplianceWeights): z.input<typeof ConnectionCompliance> {
  const compliance = complianceOf(rows, weights);
  const withDays = Object.fromEntries(
    connectionClasses.map((one) => {
      const days = rows.flatMap((row) => (classOf(row.flow) === one && row.days !== null ? [row.days] : []));
      return [one, { ...compliance[one], averageDays: mean(days) }];
    }),
  ) as Pick<z.input<typeof ConnectionCompliance>, "highVoltage" | "lowVoltage" | "generationAndCharging">;
  return { archived: compliance.archived, rate: compliance.rate, ...withDays };
}

export type ComplianceReport = {
  readonly from: string;
  readonly to: string;
  readonly by: "day" | "unit";
  readonly weights: ComplianceWeights;
  readonly total: z.input<typeof ConnectionCompliance>;
  readonly rows: readonly (z.input<typeof ConnectionCompliance> & { readonly group: string; readonly unitId: number | null })[];
};

/**
 * The report over connections first archived in a period of local days. In: the query, now, the halls within reach (null for all),
 * the weights. A period that is too long or the wrong way round is refused.
 */
export async function complianceReport(
  db: Queryable,
  world: {
    readonly tree: OrganisationTree;
    readonly nowMs: number;
    readonly halls: readonly number[] | null;
    readonly weights: ComplianceWeights;
  },
  query: Pick<ComplianceQuery, "from" | "to" | "by">,
): Promise<ComplianceReport | Refusal> {
  const { tree, halls, weights } = world;
  const zoneName = tree.zoneOf(tree.root.unitId);
  const zone = compileZone(zoneName);
  const today = formatCivilDate(Math.floor(toLocalMs(zone, world.nowMs) / DAY_MS));
  const [from, to] = [query.from ?? query.to ?? today, query.to ?? query.from ?? today];
  const [first, last] = [parseCivilDate(from) as number, parseCivilDate(to) as number];
  if (last < first || last - first >= MOST_COMPLIANCE_DAYS)
    return refuse("connection.period-too-long", { days: MOST_COMPLIANCE_DAYS });
  const period = { fromMs: toInstantMs(zone, first * DAY_MS), toMs: toInstantMs(zone, (last + 1) * DAY_MS), zone: zoneName };
  const rows = await archivedIn(db, period, halls);
  const groups =
    query.by === "day"
      ? [...Map.groupBy(rows, ({ day }) => day)].map(([group, own]) => ({ group, unitId: null, own }))
      : [...Map.groupBy(rows, ({ deskUnitId }) => deskUnitId)]
          .sort(([a], [b]) => a - b)
          .map(([unitId, own]) => ({ group: tree.unit(unitId)?.name ?? String(unitId), unitId, own }));
  return {
    from,
    to,
    by: query.by,
    weights,
    total: figuresOf(rows, weights),
    rows: groups.map(({ group, unitId, own }) => ({ group, unitId, ...figuresOf(own, weights) })),
  };
}

/** Connections under way by age, a row for each kind. */
export async function ageingReport(db: Queryable, nowMs: number, halls: readonly number[] | null) {
  const rows = await openByAge(db, nowMs, halls);
  return connectionFlows.map(({ id, title }) => {
    const own = rows.filter(({ flow }) => flow === id);
    const open = own.reduce((sum, { n }) => sum + n, 0);
    const days = own.reduce((sum, row) => sum + row.n * row.days, 0);
    return {
      flow: id,
      title,
      open,
      averageDays: open === 0 ? null : Math.round((days / open) * 100) / 100,
      buckets: Object.fromEntries(
        ageingBuckets.map((bucket) => [
          bucket,
          own.filter((row) => bucketOf(row.days) === bucket).reduce((sum, { n }) => sum + n, 0),
        ]),
      ),
    };
  });
}

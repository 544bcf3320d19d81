import type { Mapping, MappingKind } from "@bihuan/core/history/mapping.ts";
import type { Queryable } from "../platform/database.ts";
import { raw, type Sql, sql } from "../platform/sql.ts";

/** What a reader may see. */
export type Reach = {
  /** The condition under which he may see a row of a unit. */
  within(unitId: Sql): Sql;
  /** The units he reaches and the regions they lie in; null where he reaches the whole utility. */
  readonly reached: { readonly units: readonly number[]; readonly regions: readonly number[] } | null;
};
/** The command line stands inside the house. */
export const everything: Reach = { within: () => sql`true`, reached: null };

export type ImportRunRow = {
  importId: number;
  regionId: number;
  name: string;
  kind: MappingKind;
  fileName: string;
  fileSha256: Buffer;
  zone: string;
  mapping: Mapping;
  belowUnitId: number;
  startedAtMs: number;
  finishedAtMs: number | null;
  rowsRead: number;
  casesLoaded: number;
  casesKnown: number;
  rowsRejected: number;
};

/** The runs a reader may know of, the newest first: those below a node that is his, or of a file with a case that is his. */
export const visibleRuns = (db: Queryable, reach: Reach): Promise<ImportRunRow[]> =>
  db.rows<ImportRunRow>(sql`
    select import_id "importId", region_id "regionId", name, kind, file_name "fileName", file_sha256 "fileSha256", zone, mapping,
      below_unit_id "belowUnitId", started_at "startedAtMs", finished_at "finishedAtMs", rows_read "rowsRead",
      cases_loaded "casesLoaded", cases_known "casesKnown", rows_rejected "rowsRejected"
    from import_run where ${reach.within(raw("below_unit_id"))} or file_sha256 in (
      select r.file_sha256 from import_run r where exists (
        select from imported_case c where c.region_id = r.region_id and c.import_id = r.import_id and ${reach.within(raw("c.unit_id"))}))
    order by import_id desc`);

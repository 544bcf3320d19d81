import type { Mapping, MappingKind } from "@bihuan/core/history/mapping.ts";
import type { Queryable } from "../platform/database.ts";
import { type Sql, sql } from "../platform/sql.ts";

export type ImportRunRow = {
  importId: number;
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

/** Runs of imports, the newest first. In: the condition under which the reader may see one. */
export const importRuns = (db: Queryable, visible: Sql): Promise<ImportRunRow[]> =>
  db.rows<ImportRunRow>(sql`
    select import_id "importId", name, kind, file_name "fileName", file_sha256 "fileSha256", zone, mapping, below_unit_id "belowUnitId",
      started_at "startedAtMs", finished_at "finishedAtMs", rows_read "rowsRead", cases_loaded "casesLoaded", cases_known "casesKnown",
      rows_rejected "rowsRejected"
    from import_run where ${visible} order by import_id desc limit 500`);

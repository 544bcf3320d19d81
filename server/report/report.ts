// The reports behind one door: figures for programs, a table for people.
import type { AveragesRow, StatesRow, TimelinessRow, VerdictsRow } from "@bihuan/contract/report.ts";
import type { Database } from "../platform/database.ts";
import { averages } from "./averages.ts";
import { averagesColumns, type ReportCell, reportTable, statesColumns, timelinessColumns, verdictsColumns } from "./columns.ts";
import type { Selection } from "./selection.ts";
import { states } from "./states.ts";
import { timeliness } from "./timeliness.ts";
import { verdicts } from "./verdicts.ts";

export type ReportKind = "timeliness" | "states" | "verdicts" | "averages";
export type Report = {
  readonly rows: readonly (TimelinessRow | StatesRow | VerdictsRow | AveragesRow)[];
  table(language: "zh" | "en"): { header: string[]; rows: ReportCell[][] };
};

/** Makes a report over a selection. */
export async function reportOf(db: Database, kind: ReportKind, selection: Selection): Promise<Report> {
  const { by } = selection;
  switch (kind) {
    case "timeliness": {
      const rows = await timeliness(db, selection);
      return { rows, table: (language) => reportTable(by, rows, timelinessColumns(rows), language) };
    }
    case "states": {
      const rows = await states(db, selection);
      return { rows, table: (language) => reportTable(by, rows, statesColumns(rows), language) };
    }
    case "averages": {
      const rows = await averages(db, selection);
      return { rows, table: (language) => reportTable(by, rows, averagesColumns, language, () => true) };
    }
    case "verdicts": {
      const rows = await verdicts(db, selection);
      return { rows, table: (language) => reportTable(by, rows, verdictsColumns, language) };
    }
  }
}

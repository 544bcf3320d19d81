// Reports over HTTP, within the reader's scope.
import type { reportOperations } from "@bihuan/contract/report.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { actorOf, filterFacts, recordAccess } from "../identity/access-log/commands.ts";
import { currentTree } from "../identity/organisation/tree.ts";
import { unitsReached, unitWithin } from "../identity/scope.ts";
import { CSV_BYTE_ORDER_MARK, csvLine } from "../platform/files/csv-line.ts";
import type { Handlers } from "../platform/http/operations.ts";
import type { Platform } from "../platform/platform.ts";
import { instant, instantOrNull } from "../platform/sql.ts";
import { averages } from "./averages.ts";
import { type Reach, visibleRuns } from "./queries.ts";
import { reportOf } from "./report.ts";
import { dimensionsOf, selectCases } from "./selection.ts";
import { states } from "./states.ts";
import { timeliness } from "./timeliness.ts";
import { verdicts } from "./verdicts.ts";

/** The routes of the report slice. */
export function reportRoutes(platform: Platform): Handlers<typeof reportOperations> {
  const { db, time } = platform;
  const reachOf = async (scope: Scope): Promise<Reach> => {
    const tree = await currentTree(platform);
    return {
      within: (unitId) => unitWithin(scope, tree, "report.read", unitId),
      reached: unitsReached(scope, tree, "report.read"),
    };
  };
  const select = async (scope: Scope, query: Parameters<typeof selectCases>[1]) =>
    selectCases(db, query, time.nowMs(), await reachOf(scope));

  return {
    async listImports({ scope }) {
      const runs = await visibleRuns(db, await reachOf(scope));
      return {
        imports: runs.map(({ fileSha256, startedAtMs, finishedAtMs, mapping, regionId: _, ...run }) => ({
          ...run,
          fileSha256: fileSha256.toString("hex"),
          startedAt: instant(startedAtMs),
          finishedAt: instantOrNull(finishedAtMs),
          dimensions: dimensionsOf([mapping]),
        })),
      };
    },
    async reportTimeliness({ scope, query }) {
      const selection = await select(scope, query);
      if (isRefusal(selection)) return selection;
      return { by: [...selection.by], asOf: query.asOf ?? instant(time.nowMs()), rows: await timeliness(db, selection) };
    },
    async reportStates({ scope, query }) {
      const selection = await select(scope, query);
      if (isRefusal(selection)) return selection;
      return { by: [...selection.by], rows: await states(db, selection) };
    },
    async reportVerdicts({ scope, query }) {
      const selection = await select(scope, query);
      if (isRefusal(selection)) return selection;
      return { by: [...selection.by], asOf: query.asOf ?? instant(time.nowMs()), rows: await verdicts(db, selection) };
    },
    async reportAverages({ scope, query }) {
      const selection = await select(scope, query);
      if (isRefusal(selection)) return selection;
      return { by: [...selection.by], rows: await averages(db, selection) };
    },
    async exportReport({ scope, query, params, acceptLanguage, request }) {
      const selection = await select(scope, query);
      if (isRefusal(selection)) return selection;
      await recordAccess(db, time.nowMs(), actorOf(scope, request.ip), {
        action: "EXPORTED",
        recordKind: "report",
        recordId: params.report,
        facts: filterFacts(query),
      });
      const { header, rows } = (await reportOf(db, params.report, selection)).table(acceptLanguage);
      return { body: [CSV_BYTE_ORDER_MARK, csvLine(header), ...rows.map(csvLine)].join(""), fileName: `${params.report}.csv` };
    },
  };
}

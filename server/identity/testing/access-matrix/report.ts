import type { reportOperations } from "@bihuan/contract/report.ts";
import type { Matrix, MatrixEntry } from "./entry.ts";

/** A report of the import of the position: whoever may not see its cases is not told that it exists. */
const report = (name: string): MatrixEntry => ({
  by: ["DISPATCHER", "REVIEWER", "SUPERVISOR", "MANAGER", "ANALYST"],
  reach: "within",
  outside: ["import.unknown"],
  request: async (world, position) => ({ path: `/reports/${name}?import=${encodeURIComponent(await world.importAt(position))}` }),
});

export const reportMatrix: Matrix<typeof reportOperations> = {
  listImports: {
    by: ["DISPATCHER", "REVIEWER", "SUPERVISOR", "MANAGER", "ANALYST"],
    reach: "within",
    async request(world, position) {
      const name = await world.importAt(position);
      return {
        path: "/imports",
        shows: (body: { imports: { name: string }[] }) => body.imports.some((run) => run.name === name),
      };
    },
  },
  reportTimeliness: report("timeliness"),
  reportStates: report("states"),
  reportVerdicts: report("verdicts"),
  // Over the orders of this system: the position's own order is counted where it may be, and no other unit's name is told.
  reportAverages: {
    by: ["DISPATCHER", "REVIEWER", "SUPERVISOR", "MANAGER", "ANALYST"],
    reach: "everywhere",
    request: () => ({ path: "/reports/averages?by=unit" }),
  },
  exportReport: report("timeliness/export"),
};

import type { connectionOperations } from "@bihuan/contract/connection.ts";
import { business, type Matrix, type MatrixRequest, type Position } from "./entry.ts";
import type { MatrixWorld } from "./world.ts";

const exports = ["DISPATCHER", "SUPERVISOR", "MANAGER", "ANALYST"] as const;
const reports = ["DISPATCHER", "REVIEWER", "SUPERVISOR", "MANAGER", "ANALYST"] as const;

/** A request about a connection that the unit of the position took in. */
const about = (suffix: string) => ({
  by: business,
  reach: "within" as const,
  outside: ["work-order.not-found"],
  request: async (world: MatrixWorld, position: Position): Promise<MatrixRequest> => ({
    path: `/connections/${await world.connectionAt(position)}${suffix}`,
  }),
});

export const connectionMatrix: Matrix<typeof connectionOperations> = {
  trackConnections: {
    by: business,
    reach: "within",
    async request(world, position) {
      const orderId = await world.connectionAt(position);
      return {
        path: `/connections?unitId=${world.unitAt(position)}`,
        shows: (body: { connections: { orderId: string }[] }) => body.connections.some((row) => row.orderId === orderId),
      };
    },
  },
  exportConnections: {
    by: exports,
    reach: "within",
    async request(world, position) {
      const orderId = await world.connectionAt(position);
      return {
        path: `/connections/export?unitId=${world.unitAt(position)}`,
        shows: (body: { text: string }) => body.text.includes(orderId.slice(-8)),
      };
    },
  },
  readConnectionPlan: about("/plan"),
  readOneTimeNotice: about("/notice"),
  // Of a unit above one's own, the own part is counted: server/connection/routes.test.ts holds that.
  reportConnectionCompliance: {
    by: reports,
    reach: "everywhere",
    request: (world, position) => ({ path: `/reports/connection-compliance?unitId=${world.unitAt(position)}` }),
  },
  exportConnectionCompliance: {
    by: reports,
    reach: "everywhere",
    request: (world, position) => ({ path: `/reports/connection-compliance/export?unitId=${world.unitAt(position)}` }),
  },
  reportConnectionAgeing: {
    by: reports,
    reach: "everywhere",
    request: (world, position) => ({ path: `/reports/connection-ageing?unitId=${world.unitAt(position)}` }),
  },
};

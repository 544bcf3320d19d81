import type { callOperations } from "@bihuan/contract/call.ts";
import { sql } from "../../../platform/sql.ts";
import { business, type Matrix, type Position } from "./entry.ts";
import type { MatrixWorld } from "./world.ts";

const agents = ["AGENT"] as const;
const AT = "2026-03-20T01:59:00Z";

/** A call of a person at home at the position; a new one each time. */
async function callAt(world: MatrixWorld, position: Position): Promise<string> {
  const callNo = `matrix-${crypto.randomUUID()}`;
  const unitId = world.unitAt(position);
  await world.platform.db.run(sql`
    insert into call (region_id, call_no, staff_id, unit_id, phone, started_at, recorded_at)
    select region_id, ${callNo}, ${await world.staffAt(position)}, ${unitId}, '13800138000', ${AT}, ${AT}
    from unit where unit_id = ${unitId}`);
  return callNo;
}

export const callMatrix: Matrix<typeof callOperations> = {
  recordCall: {
    by: agents,
    reach: "within",
    outside: ["call.agent-unknown"],
    request: async (world, position) => ({
      path: "/calls",
      body: {
        callNo: crypto.randomUUID(),
        from: "13800138000",
        agent: { account: await world.accountOf(await world.staffAt(position)) },
        startedAt: AT,
      },
    }),
  },
  endCall: {
    by: agents,
    reach: "within",
    outside: ["call.not-found"],
    request: async (world, position) => ({ path: `/calls/${await callAt(world, position)}/end`, body: { endedAt: AT } }),
  },
  listOwnCalls: { by: agents, reach: "everywhere", request: () => ({ path: "/calls/mine" }) },
  readCall: {
    by: agents,
    reach: "within",
    outside: ["call.not-found"],
    request: async (world, position) => ({ path: `/calls/${await callAt(world, position)}` }),
  },
  // Who is let in and has not the call himself is told so: server/call/routes.test.ts holds what its own agent may.
  identifyCaller: {
    by: agents,
    reach: "within",
    inside: ["call.not-yours"],
    outside: ["call.not-found"],
    request: async (world, position) => ({
      path: `/calls/${await callAt(world, position)}/customer`,
      body: { customerId: null },
    }),
  },
  listCallsOfCustomer: {
    by: business,
    reach: "within",
    outside: ["request.not-found"],
    request: async (world, position) => ({ path: `/customers/${(await world.customerAt(position)).customerId}/calls` }),
  },
  readExtension: { by: agents, reach: "everywhere", request: () => ({ path: "/call-extension" }) },
  saveExtension: {
    by: agents,
    reach: "everywhere",
    inside: ["call.person-needed"],
    request: () => ({ path: "/call-extension", body: { extension: "8012" } }),
  },
};

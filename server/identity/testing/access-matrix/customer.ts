import type { customerOperations } from "@bihuan/contract/customer.ts";
import { business, type Matrix } from "./entry.ts";
import { accountOf } from "./world.ts";

const edits = ["AGENT", "MANAGER"] as const;
const unmasks = ["AGENT", "DISPATCHER", "HANDLER", "VERIFIER", "MANAGER"] as const;

export const customerMatrix: Matrix<typeof customerOperations> = {
  searchCustomers: {
    by: business,
    reach: "within",
    async request(world, position) {
      const { customerId, accountNo } = await world.customerAt(position);
      return {
        path: "/customers/search",
        body: { text: accountNo },
        shows: (body: { rows: { customerId: string }[] }) => body.rows.some((row) => row.customerId === customerId),
      };
    },
  },
  getCustomer: {
    by: business,
    reach: "within",
    outside: ["request.not-found"],
    request: async (world, position) => ({ path: `/customers/${(await world.customerAt(position)).customerId}` }),
  },
  unmaskCustomer: {
    by: unmasks,
    reach: "within",
    outside: ["request.not-found"],
    request: async (world, position) => ({
      path: `/customers/${(await world.customerAt(position)).customerId}/unmask`,
      body: { reason: "核对户名" },
    }),
  },
  createCustomer: {
    by: edits,
    reach: "within",
    inside: ["customer.account-exists"],
    outside: ["permission.missing"],
    request: async (world, position) => ({
      path: "/customers",
      body: accountOf((await world.customerAt(position)).accountNo, world.unitAt(position)),
    }),
  },
  updateCustomer: {
    by: edits,
    reach: "within",
    inside: ["customer.version-stale"],
    outside: ["request.not-found"],
    async request(world, position) {
      const { customerId, accountNo } = await world.customerAt(position);
      return { path: `/customers/${customerId}`, body: { ...accountOf(accountNo, world.unitAt(position)), version: 999 } };
    },
  },
  exportCustomers: {
    by: ["MANAGER", "ANALYST"],
    reach: "within",
    async request(world, position) {
      const { accountNo } = await world.customerAt(position);
      return { path: "/customers/export", body: {}, shows: (body: { text: string }) => body.text.includes(accountNo) };
    },
  },
  listTransformerAreas: {
    by: business,
    reach: "within",
    async request(world, position) {
      const { code } = await world.areaAt(position);
      return {
        path: "/transformer-areas?limit=100",
        shows: (body: { rows: { code: string }[] }) => body.rows.some((row) => row.code === code),
      };
    },
  },
  saveTransformerArea: {
    by: edits,
    reach: "within",
    inside: ["customer.version-stale"],
    outside: ["permission.missing"],
    async request(world, position) {
      const { regionId, code } = await world.areaAt(position);
      return {
        path: `/transformer-areas/${regionId}/${code}`,
        body: { name: "x", unitId: world.unitAt(position), version: 999 },
      };
    },
  },
};

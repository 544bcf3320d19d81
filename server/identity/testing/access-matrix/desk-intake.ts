import type { deskIntakeOperations } from "@bihuan/contract/desk-intake.ts";
import { business, type Matrix, type Position } from "./entry.ts";
import type { MatrixWorld } from "./world.ts";

const agents = ["AGENT"] as const;
const DRAFT = "matrix-draft";

const intake = (world: MatrixWorld, position: Position) => ({
  flow: "inquiry",
  deskUnitId: world.unitAt(position),
  form: { origin: "HOTLINE_95598", areaClass: "URBAN", title: "咨询电价" },
});

export const deskIntakeMatrix: Matrix<typeof deskIntakeOperations> = {
  findAtDesk: {
    by: business,
    reach: "within",
    async request(world, position) {
      const { customerId, accountNo } = await world.customerAt(position);
      return {
        path: "/desk/find",
        body: { text: accountNo },
        shows: (body: { accounts: { customerId: string }[] }) => body.accounts.some((row) => row.customerId === customerId),
      };
    },
  },
  readDeskCard: {
    by: business,
    reach: "within",
    outside: ["request.not-found"],
    request: async (world, position) => ({ path: `/desk/customers/${(await world.customerAt(position)).customerId}` }),
  },
  previewAtDesk: {
    by: agents,
    reach: "within",
    outside: ["work-order.not-yours"],
    request: (world, position) => ({ path: "/desk/preview", body: intake(world, position) }),
  },
  takeInAtDesk: {
    by: agents,
    reach: "within",
    outside: ["work-order.not-yours"],
    request: (world, position) => ({ path: "/desk/orders", body: intake(world, position) }),
  },
  listIntakeDrafts: {
    by: agents,
    reach: "everywhere",
    inside: ["desk.person-needed"],
    request: () => ({ path: "/desk/drafts" }),
  },
  saveIntakeDraft: {
    by: agents,
    reach: "everywhere",
    inside: ["desk.person-needed"],
    request: () => ({ path: `/desk/drafts/${DRAFT}`, body: { content: { title: "没电" } } }),
  },
  discardIntakeDraft: {
    by: agents,
    reach: "everywhere",
    inside: ["desk.person-needed"],
    request: () => ({ path: `/desk/drafts/${DRAFT}` }),
  },
};

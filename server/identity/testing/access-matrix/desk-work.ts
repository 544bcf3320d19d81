import type { deskWorkOperations } from "@bihuan/contract/desk-work.ts";
import { business, type Matrix } from "./entry.ts";

export const deskWorkMatrix: Matrix<typeof deskWorkOperations> = {
  // Everybody's own: which orders stand in it is held by server/desk/work/my-work.test.ts, role by role.
  listTasks: { by: business, reach: "everywhere", request: () => ({ path: "/desk/tasks/search", body: {} }) },
  countTasks: { by: business, reach: "everywhere", request: () => ({ path: "/desk/tasks/count", body: {} }) },
  unitWork: {
    by: business,
    reach: "within",
    outside: ["work-order.unit-unknown"],
    request: (world, position) => ({ path: `/desk/unit-work?unitId=${world.unitAt(position)}` }),
  },
  listVisits: {
    by: business,
    reach: "within",
    outside: ["work-order.unit-unknown"],
    request: (world, position) => ({ path: `/desk/visits?unitId=${world.unitAt(position)}` }),
  },
  seeOrder: {
    by: business,
    reach: "within",
    outside: ["work-order.not-found"],
    async request(world, position) {
      return { path: `/desk/orders/${(await world.orderAt(position)).orderId}/seen`, body: { version: 1 } };
    },
  },
  readSetting: { by: "signed-in", reach: "everywhere", request: () => ({ path: "/desk/settings/my-work" }) },
  saveSetting: {
    by: "signed-in",
    reach: "everywhere",
    inside: ["desk.person-only"],
    request: () => ({ path: "/desk/settings/my-work", body: { value: "{}" } }),
  },
};

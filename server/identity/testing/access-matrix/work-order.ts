import type { flowOperations } from "@bihuan/contract/flow.ts";
import type { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { business, type Matrix, type MatrixRequest, type Position } from "./entry.ts";
import type { MatrixWorld } from "./world.ts";

const reads = business;
const takesIn = ["AGENT"] as const;
const acts = ["AGENT", "DISPATCHER", "HANDLER", "REVIEWER", "VERIFIER", "SUPERVISOR", "MANAGER"] as const;
const exports = ["DISPATCHER", "SUPERVISOR", "MANAGER", "ANALYST"] as const;
const unmasks = ["AGENT", "DISPATCHER", "HANDLER", "VERIFIER", "MANAGER"] as const;

const intake = (deskUnitId: number) => ({
  flow: "fault-repair",
  deskUnitId,
  form: {
    origin: "HOTLINE_95598",
    areaClass: "URBAN",
    title: "无电",
    contactName: "李伟",
    contactPhone: "13900000000",
    address: "解放路1号",
    targetUnitId: deskUnitId,
  },
});
/** A request about the order of the position. */
const about =
  (suffix: string, body?: object) =>
  async (world: MatrixWorld, position: Position): Promise<MatrixRequest> => ({
    path: `/orders/${(await world.orderAt(position)).orderId}${suffix}`,
    ...(body ? { body } : {}),
  });

export const workOrderMatrix: Matrix<typeof workOrderOperations> = {
  takeIn: {
    by: takesIn,
    reach: "within",
    outside: ["work-order.not-yours"],
    request: (world, position) => ({ path: "/orders", body: intake(world.unitAt(position)) }),
  },
  previewIntake: {
    by: takesIn,
    reach: "within",
    outside: ["work-order.not-yours"],
    request: (world, position) => ({ path: "/orders/preview", body: intake(world.unitAt(position)) }),
  },
  // The desk is always the caller's own: what is asked is how much its hints tell of orders elsewhere.
  intakeHints: {
    by: takesIn,
    reach: "within",
    regional: true,
    async request(world, position) {
      const { orderId, phone } = await world.orderAt(position);
      return {
        path: "/orders/hints",
        body: { deskUnitId: world.unitAt("own"), phone },
        shows: (body: { hints: { orderId: string; open: boolean; title: string }[] }) =>
          body.hints.some((hint) => hint.orderId === orderId && (hint.open || hint.title !== "")),
      };
    },
  },
  listOrders: {
    by: reads,
    reach: "within",
    async request(world, position) {
      const { orderId, phone } = await world.orderAt(position);
      return {
        path: "/orders/search",
        body: { state: "all", text: phone, limit: 200 },
        shows: (body: { orders: { orderId: string }[] }) => body.orders.some((order) => order.orderId === orderId),
      };
    },
  },
  countOrders: {
    by: reads,
    reach: "within",
    async request(world, position) {
      const { phone } = await world.orderAt(position);
      return { path: "/orders/count", body: { state: "all", text: phone }, shows: (body: { count: number }) => body.count > 0 };
    },
  },
  exportOrders: {
    by: exports,
    reach: "within",
    async request(world, position) {
      const { orderId } = await world.orderAt(position);
      return {
        path: "/orders/export?state=all",
        shows: (body: { text: string }) => body.text.replaceAll("-", "").includes(orderId),
      };
    },
  },
  readOrder: { by: reads, reach: "within", outside: ["work-order.not-found"], request: about("") },
  explainClocks: { by: reads, reach: "within", outside: ["work-order.not-found"], request: about("/explanations") },
  act: {
    by: acts,
    reach: "within",
    inside: ["work-order.version-conflict"],
    outside: ["work-order.not-found"],
    request: about("/actions/note", { version: 1_000_000, form: { note: "x" } }),
  },
  attachFile: {
    by: acts,
    reach: "within",
    inside: ["request.unsupported-media"],
    outside: ["work-order.not-found"],
    request: about("/attachments", {}),
  },
  readAttachment: {
    by: reads,
    reach: "within",
    outside: ["work-order.not-found"],
    async request(world, position) {
      const { orderId, seq } = await world.orderAt(position);
      return { path: `/orders/${orderId}/attachments/${seq}` };
    },
  },
  unmaskOrder: {
    by: unmasks,
    reach: "within",
    outside: ["work-order.not-found"],
    request: about("/unmask", { reason: "核对地址" }),
  },
};

export const flowMatrix: Matrix<typeof flowOperations> = {
  listFlows: { by: "signed-in", reach: "everywhere", request: () => ({ path: "/flows" }) },
};

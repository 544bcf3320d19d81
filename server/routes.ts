// What the server is made of: each slice's operations with their handlers, and the identity slice deciding about callers.
import { flowOperations } from "@bihuan/contract/flow.ts";
import { identityOperations } from "@bihuan/contract/identity.ts";
import type { Operations } from "@bihuan/contract/operation.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { authenticator } from "./identity/authenticator.ts";
import { identityRoutes } from "./identity/routes.ts";
import type { Access, Handlers } from "./platform/http.ts";
import type { Platform } from "./platform/platform.ts";
import { flowRoutes, workOrderRoutes } from "./work-order/routes.ts";

/** A slice as the composition root sees it. */
export type Slice = { readonly operations: Operations; readonly routes: (platform: Platform) => Handlers<Operations> };

/** Pairs a slice's operations with its routes, checked against each other. */
export const slice = <Ops extends Operations>(operations: Ops, routes: (platform: Platform) => Handlers<Ops>): Slice => ({
  operations,
  routes: routes as unknown as Slice["routes"],
});

/** One line for each slice: `slice(identityOperations, identityRoutes)`. */
export const slices: readonly Slice[] = [
  slice(identityOperations, identityRoutes),
  slice(flowOperations, flowRoutes),
  slice(workOrderOperations, workOrderRoutes),
];

/** Who calls and what they may: the identity slice's answer. */
export const access: (platform: Platform) => Access = authenticator;

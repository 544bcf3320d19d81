// What the clock slice gets from those above it, put together.
import { business } from "./business.ts";
import type { ClockWorld } from "./clock/world.ts";
import type { Platform } from "./platform/platform.ts";
import { openOrderSource } from "./work-order/commands/rebind.ts";
import { orderPorts } from "./work-order/ports.ts";

export const clockWorld = (platform: Platform): ClockWorld => ({
  ...business,
  openOrders: openOrderSource(platform, orderPorts(platform)),
});

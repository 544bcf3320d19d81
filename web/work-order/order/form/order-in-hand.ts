// The order that a form is filled in for: who names another order there should not have to look past it.
import type { OrderRow } from "@bihuan/contract/work-order.ts";
import { createContext, useContext } from "react";

export type OrderInHand = Pick<OrderRow, "orderId" | "flow" | "address"> & {
  /** Only open orders of the same kind of business will do: one is merged under another. */
  readonly sameBusiness: boolean;
};

const Context = createContext<OrderInHand | null>(null);
export const OrderInHandProvider = Context.Provider;
export const useOrderInHand = (): OrderInHand | null => useContext(Context);

/** Orders to choose from: never the one in hand; those at the same address first, otherwise as they came. */
export function besides<R extends Pick<OrderRow, "orderId" | "address">>(rows: readonly R[], inHand: OrderInHand | null): R[] {
  if (!inHand) return [...rows];
  const isNear = ({ address }: R): boolean => address !== null && address === inHand.address;
  return rows.filter(({ orderId }) => orderId !== inHand.orderId).sort((a, b) => Number(isNear(b)) - Number(isNear(a)));
}

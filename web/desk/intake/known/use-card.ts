import { type DeskCard, deskIntakeOperations } from "@bihuan/contract/desk-intake.ts";
import { useLive } from "../../../platform/live.ts";
import { useOperation } from "../../../platform/query.ts";
import type { Draft } from "../draft/draft.ts";

export type CardReading = { readonly data: DeskCard | undefined; readonly error: unknown; readonly refetch: () => unknown };

/** Everything known of a customer, in one request; read again when one of its orders changes. In: whose, and the call going on. */
export function useCard(customer: Draft["customer"], callNo: string | null): CardReading {
  const { data, error, refetch, isPlaceholderData } = useOperation(
    deskIntakeOperations.readDeskCard,
    {
      params: { customerId: customer?.customerId ?? "" },
      query: { ...(customer?.accountNo ? { accountNo: customer.accountNo } : {}), ...(callNo ? { callNo } : {}) },
    },
    // A card of another call may have been read a moment ago: it is shown at once and read again.
    { enabled: customer !== null, staleMs: 0, keepPrevious: true },
  );
  // Another account of the same customer is read while the card stays; another customer's card never stands for this one's.
  const isAnothers = isPlaceholderData && data?.customerId !== customer?.customerId;
  const card = customer === null || isAnothers ? undefined : data;
  useLive((change) => {
    if (change === "everything" || card?.openOrders.some(({ order }) => order.orderId === change.id)) void refetch();
  });
  return { data: card, error, refetch };
}

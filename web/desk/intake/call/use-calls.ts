// One's own calls: the one in hand, and those that came while another demand was being written.
import { type CallRow, type CallView, callOperations } from "@bihuan/contract/call.ts";
import { useQueryClient } from "@tanstack/react-query";
import { callOperation } from "../../../platform/client.ts";
import { useLive } from "../../../platform/live.ts";
import { useOperation } from "../../../platform/query.ts";
import { readAgain } from "../../../platform/read-again.ts";

export type Calls = {
  /** One's own, those going on first. */
  readonly calls: readonly CallRow[];
  /** The call of the demand in hand, with everybody it may be from. */
  readonly inHand: CallView | undefined;
};

const none: readonly CallRow[] = [];

/** In: the call of the demand in hand. It is read again whenever the telephone system tells something of one's calls. */
export function useCalls(callNo: string | null): Calls {
  const client = useQueryClient();
  const calls = useOperation(callOperations.listOwnCalls, {}, { staleMs: 0 });
  const inHand = useOperation(callOperations.readCall, { params: { callNo: callNo ?? "" } }, { enabled: callNo !== null });
  useLive((change) => {
    if (change !== "everything" && !change.type.startsWith("call.")) return;
    readAgain(client, [callOperations.listOwnCalls, callOperations.readCall]);
  });
  return { calls: calls.data?.calls ?? none, inHand: callNo === null ? undefined : inHand.data };
}

/** Says whose call it is: the number alone did not. A call that cannot be told so is still this desk's demand. */
export const identify = (callNo: string, customerId: string): void =>
  void callOperation(callOperations.identifyCaller, { params: { callNo }, body: { customerId } }).catch(() => undefined);

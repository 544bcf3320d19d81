// An order that stands open has been looked at, as it is at this moment: what others do later is news again.
import { deskWorkOperations } from "@bihuan/contract/desk-work.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { callOperation } from "../../platform/client.ts";
import { operationKey } from "../../platform/query.ts";

/** In: the order, and the version on the screen; undefined while it is being read. Where it cannot be noted, it only stays news. */
export function useSeen(orderId: string, version: number | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (version === undefined) return;
    callOperation(deskWorkOperations.seeOrder, { params: { orderId }, body: { version } }).then(
      () => client.invalidateQueries({ queryKey: operationKey(deskWorkOperations.listTasks) }),
      () => undefined,
    );
  }, [client, orderId, version]);
}

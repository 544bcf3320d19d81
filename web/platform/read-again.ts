// Reading again what changed. A first reading that is still on its way may carry what stood before the change: the query library would
// wait for it and be content, so it is begun anew.
import type { Operation } from "@bihuan/contract/operation.ts";
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { operationKey } from "./query.ts";

function again(client: QueryClient, queryKey: QueryKey): void {
  for (const query of client.getQueryCache().findAll({ queryKey, type: "active", fetchStatus: "fetching" }))
    if (query.state.data === undefined) void query.cancel({ silent: true });
  void client.invalidateQueries({ queryKey });
}

/** Reads the answers of operations again, or those of one call: what is on the screen at once, the rest when it is shown next. */
export function readAgain(client: QueryClient, operations: readonly Operation[], call?: object): void {
  for (const operation of operations) again(client, operationKey(operation, call));
}

/** Reads everything again: nobody knows what changed. */
export const readEverythingAgain = (client: QueryClient): void => again(client, []);

// Reading again what changed. A first reading that is still on its way may carry what stood before the change: the query library would
// wait for it and be content, so it is begun anew.
import type { Operation } from "@bihuan/contract/operation.ts";
import type { QueryClient } from "@tanstack/react-query";
import { operationKey } from "./query.ts";

/** Reads the answers of operations again: those on the screen at once, the others when they are shown next. */
export function readAgain(client: QueryClient, operations: readonly Operation[]): void {
  for (const operation of operations) {
    const queryKey = operationKey(operation);
    for (const query of client.getQueryCache().findAll({ queryKey, type: "active", fetchStatus: "fetching" }))
      if (query.state.data === undefined) void query.cancel({ silent: true });
    void client.invalidateQueries({ queryKey });
  }
}

// A choice of the person that follows them to another workstation: the server keeps it, the page alone reads it.
import { deskWorkOperations } from "@bihuan/contract/desk-work.ts";
import type { OperationResult } from "@bihuan/contract/operation.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { callOperation } from "./client.ts";
import { operationKey, useOperation } from "./query.ts";

type Name = "my-work" | "order-views";
type Kept = OperationResult<typeof deskWorkOperations.readSetting>;

const parsed = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
};

/**
 * What the person kept under a name, and how to keep something else: undefined while it is being read, null where nothing was kept.
 * Shown at once; where it could not be kept the next reading of the page shows what was kept before.
 */
export function useSetting<Value>(name: Name): readonly [Value | null | undefined, (value: Value | null) => void] {
  const client = useQueryClient();
  const call = { params: { name } };
  const query = useOperation(deskWorkOperations.readSetting, call, { staleMs: Number.POSITIVE_INFINITY });
  const text = query.data?.value;
  const value = useMemo(() => (text === undefined ? undefined : (parsed(text) as Value | null)), [text]);
  // Without an answer nothing was kept, as far as the page can know.
  return [
    query.isError ? null : value,
    (next) => {
      const queryKey = operationKey(deskWorkOperations.readSetting, call);
      const written = next === null ? null : JSON.stringify(next);
      client.setQueryData<Kept>(queryKey, { value: written });
      callOperation(deskWorkOperations.saveSetting, { ...call, body: { value: written } }).catch(() =>
        client.invalidateQueries({ queryKey }),
      );
    },
  ];
}

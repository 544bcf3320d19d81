// Operations as queries and acts of a page.
import type { Operation, OperationCall, OperationResult } from "@bihuan/contract/operation.ts";
import {
  type InfiniteData,
  QueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { callOperation } from "./client.ts";
import { ProblemError } from "./problem.ts";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      // A refusal stays a refusal; only what may pass by itself is tried again.
      retry: (failures, error) =>
        failures < 2 && error instanceof ProblemError && (error.code === "local.unreachable" || error.status >= 500),
    },
  },
});

/** The key of an operation's answers; without a call, of all of them. */
export const operationKey = (operation: Operation, call?: object): readonly unknown[] =>
  call === undefined ? [operation.method, operation.path] : [operation.method, operation.path, call];

export function useOperation<O extends Operation>(
  operation: O,
  call: OperationCall<O>,
  options: { enabled?: boolean; keepPrevious?: boolean; staleMs?: number } = {},
): UseQueryResult<OperationResult<O>, ProblemError> {
  return useQuery<OperationResult<O>, ProblemError>({
    queryKey: operationKey(operation, call as object),
    queryFn: ({ signal }) => callOperation(operation, call, { signal }),
    enabled: options.enabled ?? true,
    ...(options.staleMs === undefined ? {} : { staleTime: options.staleMs }),
    ...(options.keepPrevious ? { placeholderData: (previous: OperationResult<O> | undefined) => previous as never } : {}),
  });
}

/** A list read page by page. `callFor` makes the call from the cursor; `cursorOf` finds the next one in an answer, null at the end. */
export function useOperationPages<O extends Operation>(
  operation: O,
  key: object,
  callFor: (cursor: string | null) => OperationCall<O>,
  cursorOf: (answer: OperationResult<O>) => string | null,
): UseInfiniteQueryResult<InfiniteData<OperationResult<O>>, ProblemError> {
  return useInfiniteQuery<OperationResult<O>, ProblemError, InfiniteData<OperationResult<O>>, readonly unknown[], string | null>({
    queryKey: operationKey(operation, key),
    queryFn: ({ pageParam, signal }) => callOperation(operation, callFor(pageParam), { signal }),
    initialPageParam: null,
    getNextPageParam: cursorOf,
    placeholderData: (previous) => previous,
  });
}

/** An act. After it, every answer of the operations named in `refreshes` is read again. */
export function useAct<O extends Operation>(
  operation: O,
  options: { refreshes?: readonly Operation[]; onSuccess?: (answer: OperationResult<O>, call: OperationCall<O>) => void } = {},
): UseMutationResult<OperationResult<O>, ProblemError, OperationCall<O>> {
  const client = useQueryClient();
  return useMutation<OperationResult<O>, ProblemError, OperationCall<O>>({
    mutationFn: (call) => callOperation(operation, call),
    onSuccess: async (answer, call) => {
      options.onSuccess?.(answer, call);
      await Promise.all((options.refreshes ?? []).map((one) => client.invalidateQueries({ queryKey: operationKey(one) })));
    },
  });
}

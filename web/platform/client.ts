// Calls an operation of the contract with full inference: the URL, the input and the answer all follow from its declaration.
import type { Operation, OperationCall, OperationResult } from "@bihuan/contract/operation.ts";
import { localProblem, readProblem } from "./problem.ts";
import { localNowMs, noteServerDate } from "./time.ts";

/** The call may be left out where nothing in it is required. */
export type CallArguments<O extends Operation> =
  object extends OperationCall<O> ? [call?: OperationCall<O>] : [call: OperationCall<O>];

type AnyCall = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown; idempotencyKey?: string };

/** Path and query of a call, below `/api`. Absent and null query values are left out, a list repeats its name. */
export function operationUrl(operation: Operation, { params = {}, query = {} }: AnyCall): string {
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== "") search.append(name, String(one));
  return `/api${path}${search.size > 0 ? `?${search}` : ""}`;
}

/** A key for one act of the person: a retry of that act sends the same one. */
export const newIdempotencyKey = (): string => crypto.randomUUID();

let onSignedOut: () => void = () => undefined;
/** What to do when the server says that the session has ended. */
export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener;
};

type Options = {
  readonly signal?: AbortSignal /** Files, for operations that take `multipart/form-data`. */;
  readonly body?: FormData;
};

async function answer(operation: Operation, call: AnyCall, { signal, body: files }: Options): Promise<Response> {
  const askedAtMs = localNowMs();
  const response = await fetch(operationUrl(operation, call), {
    method: operation.method,
    credentials: "same-origin",
    headers: {
      accept: "application/json, application/problem+json",
      "accept-language": document.documentElement.lang,
      ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      ...(call.idempotencyKey === undefined ? {} : { "idempotency-key": call.idempotencyKey }),
    },
    ...(files ? { body: files } : call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw localProblem("local.unreachable", error);
  });
  noteServerDate(askedAtMs, localNowMs(), response.headers.get("date"));
  if (response.ok) return response;
  if (response.status === 401 && operation.access !== "public") onSignedOut();
  throw readProblem(response.status, await response.json().catch(() => null));
}

/** Calls an operation. Errors: {@link ProblemError}, also for an unreachable server and for an answer that breaks the contract. */
export async function callOperation<O extends Operation>(
  operation: O,
  call: OperationCall<O>,
  options: Options = {},
): Promise<OperationResult<O>> {
  const response = await answer(operation, call as AnyCall, options);
  if (!operation.response) return undefined as OperationResult<O>;
  const body: unknown = await response.json().catch((error: unknown) => {
    throw localProblem("local.not-understood", error);
  });
  const parsed = operation.response.safeParse(body);
  if (!parsed.success) throw localProblem("local.not-understood", parsed.error);
  return parsed.data as OperationResult<O>;
}

/** Fetches a file and hands it to the browser to keep, under the name the server gave it. Errors: {@link ProblemError}. */
export async function downloadOperation<O extends Operation>(operation: O, call: OperationCall<O>): Promise<void> {
  const response = await answer(operation, call as AnyCall, {});
  const named = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get("content-disposition") ?? "")?.[1];
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = named ? decodeURIComponent(named) : "";
  link.click();
  URL.revokeObjectURL(address);
}

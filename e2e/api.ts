// Speaks to the product as an integration would: over HTTP, by the contract. Stories use it to lay the ground they stand on.
import { identityOperations } from "@bihuan/contract/identity.ts";
import type { Operation, OperationCall, OperationResult } from "@bihuan/contract/operation.ts";

export type Api = {
  call<O extends Operation>(operation: O, call: OperationCall<O>): Promise<OperationResult<O>>;
  signIn(account: string, password: string): Promise<void>;
  /** A cookie of a session that is fresh, for a browser that shall be the same person. */
  cookie(): Promise<{ name: string; value: string }>;
};

type AnyCall = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown; idempotencyKey?: string };

/**
 * A caller with a session of its own, which signs in again where the story's clock has run past the session's end. Errors:
 * throws with the refusal's code and text.
 */
export function apiOf(address: string): Api {
  let cookie = "";
  let known: { account: string; password: string } | null = null;

  async function send(
    operation: Operation,
    { params = {}, query = {}, body, idempotencyKey }: AnyCall,
  ): Promise<{ status: number; text: string; path: string }> {
    const path = operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
    const search = new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]));
    const response = await fetch(`${address}/api${path}${search.size > 0 ? `?${search.toString()}` : ""}`, {
      method: operation.method,
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const given = response.headers.getSetCookie()[0]?.split(";")[0];
    if (given) cookie = given;
    return { status: response.status, text: await response.text(), path };
  }

  const api: Api = {
    async call(operation, call) {
      let answer = await send(operation, call as AnyCall);
      if (answer.status === 401 && known && operation.access !== "public") {
        await api.signIn(known.account, known.password);
        answer = await send(operation, call as AnyCall);
      }
      if (answer.status >= 400) throw new Error(`${operation.method} ${answer.path}: ${answer.status} ${answer.text}`);
      return (operation.response ? operation.response.parse(JSON.parse(answer.text)) : undefined) as never;
    },
    async signIn(account, password) {
      await api.call(identityOperations.signIn, { body: { account, password } });
      known = { account, password };
    },
    async cookie() {
      await api.call(identityOperations.currentSession, {});
      const [name = "", ...value] = cookie.split("=");
      return { name, value: value.join("=") };
    },
  };
  return api;
}

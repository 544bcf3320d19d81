// A signed-in person in front of the product: the public API and nothing else. Whoever was signed out signs in again.
import { identityOperations } from "@bihuan/contract/identity.ts";
import type { Operation, OperationCall, OperationResult } from "@bihuan/contract/operation.ts";

/** The product said no. `code` is of the error catalogue. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, what: string) {
    super(`${what}: ${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

/** The product did not answer at all. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

export type Person = {
  call<O extends Operation>(operation: O, call: OperationCall<O>): Promise<OperationResult<O>>;
};

/** Hears of every request: what it was, how it was answered, how long it took. */
export type Meter = (operation: Operation, status: number, tookMs: number) => void;

type AnyCall = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown; idempotencyKey?: string };

export type Office = { as(account: string): Person };

export type Manners = {
  readonly meter?: Meter;
  /** Takes answers as they come, without holding them against their contract: a third of the work of a busy simulation. */
  readonly trusting?: boolean;
};

/** People of one installation. In: its address, everybody's password, how they go about it. */
export function officeAt(address: string, password: string, manners: Manners = {}): Office {
  const people = new Map<string, Person>();
  return {
    as(account) {
      const person = people.get(account) ?? personAt(address, account, password, manners);
      people.set(account, person);
      return person;
    },
  };
}

function personAt(address: string, account: string, password: string, { meter, trusting = false }: Manners): Person {
  let cookie: string | null = null;
  let signingIn: Promise<void> | null = null;

  async function send(operation: Operation, { params = {}, query = {}, body, idempotencyKey }: AnyCall) {
    const path = operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
    const search = new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]));
    const startedAt = performance.now();
    const response = await fetch(`${address}/api${path}${search.size > 0 ? `?${search.toString()}` : ""}`, {
      method: operation.method,
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    }).catch((error: unknown) => {
      throw new Unreachable(String(error), { cause: error });
    });
    cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    const text = await response.text();
    meter?.(operation, response.status, performance.now() - startedAt);
    return { status: response.status, text };
  }

  // Several of a person's requests may find the session gone at once: they sign in once.
  const signIn = (): Promise<void> => {
    signingIn ??= send(identityOperations.signIn, { body: { account, password } })
      .then(({ status, text }) => {
        if (status >= 400) throw new Refused(status, codeOf(text), `signing in as ${account}`);
      })
      .finally(() => {
        signingIn = null;
      });
    return signingIn;
  };

  return {
    async call(operation, call) {
      if (cookie === null || signingIn) await signIn();
      let answer = await send(operation, call as AnyCall);
      if (answer.status === 401) {
        await signIn();
        answer = await send(operation, call as AnyCall);
      }
      if (answer.status >= 500) throw new Unreachable(`${operation.method} ${operation.path}: ${answer.status}`);
      if (answer.status >= 400) throw new Refused(answer.status, codeOf(answer.text), `${operation.method} ${operation.path}`);
      if (!operation.response) return undefined as never;
      const value: unknown = JSON.parse(answer.text);
      return (trusting ? value : operation.response.parse(value)) as never;
    },
  };
}

function codeOf(text: string): string {
  try {
    const code = (JSON.parse(text) as { code?: unknown }).code;
    return typeof code === "string" ? code : "unknown";
  } catch {
    return "unknown";
  }
}

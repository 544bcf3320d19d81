// An identity server for tests, and requests by a caller in one line.
import { identityOperations } from "@bihuan/contract/identity.ts";
import { testServer, type TestServer } from "../../platform/testing/server.ts";
import type { Platform } from "../../platform/platform.ts";
import { slice } from "../../routes.ts";
import { authenticator } from "../authenticator.ts";
import { identityRoutes } from "../routes.ts";
import type { Caller } from "./people.ts";

export type Answer = {
  readonly status: number /** The refusal's code, null where there is none. */;
  readonly code: string | null;
  readonly body: never;
};
export type Call = (
  caller: Caller | null,
  method: "GET" | "POST" | "PATCH" | "DELETE",
  url: string,
  body?: object,
) => Promise<Answer>;

export const identityServer = (platform: Platform): Promise<TestServer> =>
  testServer({ platform, slices: [slice(identityOperations, identityRoutes)], access: authenticator(platform) });

/** Sends a request below `/api` as the caller. `body` of the answer is any JSON: the caller of this says what it expects. */
export const callerOf =
  (server: TestServer): Call =>
  async (caller, method, url, payload) => {
    const response = await server.app.inject({
      method,
      url: `/api${url}`,
      headers: { ...caller?.headers },
      ...(payload ? { payload } : {}),
    });
    const json = response.headers["content-type"]?.toString().includes("json") ?? false;
    const body = json ? response.json<{ code?: string }>() : { text: response.body };
    return {
      status: response.statusCode,
      code: response.statusCode >= 400 ? ((body as { code?: string }).code ?? null) : null,
      body: body as never,
    };
  };

// A server for a slice's HTTP tests: requests go through `app.inject`, and every answer is held against its contract.
import { Problem } from "@bihuan/contract/platform.ts";
import type { FastifyInstance } from "fastify";
import { createApp } from "../http/app.ts";
import { type Access, declaredErrors, mount, type Slice } from "../http/operations.ts";
import { loadConfig } from "../config.ts";
import type { Database } from "../database.ts";
import { createLog } from "../log.ts";
import { platformOn } from "../open.ts";
import type { Platform } from "../platform.ts";
import type { TimeSource } from "../time.ts";

/** A platform for tests: the given database and time, no logs, the folder of attachments below `dataFolder`. */
export const testPlatform = (db: Database, time: TimeSource, environment: Record<string, string> = {}): Platform =>
  platformOn({ config: loadConfig(environment, "/nonexistent"), db, time, log: createLog("silent") });

export type TestServer = {
  readonly app: FastifyInstance;
  readonly platform: Platform;
  /** Opens a real port, for streams and browsers. Out: its address. */
  listen(): Promise<string>;
  close(): Promise<void>;
};

/**
 * Serves the given slices on a test database. An answer that breaks its contract (a body that is not what the operation
 * declares, a refusal the operation does not list) becomes a 500 that says so, and `close` throws.
 */
export async function testServer(parts: { platform: Platform; slices: readonly Slice[]; access: Access }): Promise<TestServer> {
  const { platform, access } = parts;
  const violations: string[] = [];
  const app = await createApp(platform);
  app.addHook("onSend", async (request, reply, payload) => {
    const violation =
      typeof payload === "string" ? violationOf(request.routeOptions.config.operation, reply.statusCode, payload) : null;
    if (!violation) return payload;
    violations.push(violation);
    reply.code(500);
    return violation;
  });
  for (const { operations, routes } of parts.slices) mount(app, operations, routes(platform), access);
  return {
    app,
    platform,
    listen: () => app.listen({ host: "127.0.0.1", port: 0 }),
    async close() {
      await app.close();
      if (violations.length > 0) throw new Error(violations.join("\n"));
    },
  };
}

type Declared = Parameters<typeof declaredErrors>[0];

function violationOf(operation: Declared | undefined, status: number, payload: string): string | null {
  if (!operation) return null;
  const name = `${operation.method} ${operation.path}`;
  if (status >= 400) {
    const problem = Problem.strict().safeParse(JSON.parse(payload));
    if (!problem.success) return `${name} refused without a problem body: ${problem.error.message}`;
    return declaredErrors(operation).has(problem.data.code)
      ? null
      : `${name} refused with ${problem.data.code}, which its contract does not list`;
  }
  const parsed = operation.response?.safeParse(JSON.parse(payload));
  return parsed?.success === false ? `${name} answered what its contract does not declare: ${parsed.error.message}` : null;
}
